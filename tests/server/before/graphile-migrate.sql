CREATE ROLE _database_visitor;
