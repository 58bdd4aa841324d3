#!/bin/sh
# Run once by the postgres image, on a new data directory: Gawah's roles and its database.
set -eu

psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
    --set owner="$GAWAH_OWNER_PASSWORD" \
    --set app="$GAWAH_APP_PASSWORD" \
    --set reader="$GAWAH_READER_PASSWORD" <<'SQL'
CREATE ROLE gawah_owner LOGIN PASSWORD :'owner';
CREATE ROLE gawah_app LOGIN PASSWORD :'app';
CREATE ROLE gawah_reader LOGIN PASSWORD :'reader';
CREATE DATABASE gawah OWNER gawah_owner;
REVOKE ALL ON DATABASE gawah FROM PUBLIC;
GRANT CONNECT ON DATABASE gawah TO gawah_app, gawah_reader;
SQL
