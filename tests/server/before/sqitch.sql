CREATE ROLE shop_owner;
