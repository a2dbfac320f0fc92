-- The warehouse. The tables that exports speak to stand twice: in schema `ledger` with every statement ever read
-- (and its export_id, sheet, row, as_of), and in schema `main` with what is known today. NULL means "not stated".
-- Days are the brand's local days; `published_at` is UTC. No keys and no indexes: see docs/decisions.md.

create table posts (
    account varchar, post_id varchar,
    published_at timestamp, day date, kind varchar, text varchar, link varchar, campaign varchar,
    counted_from date,                    -- NULL: the counts run since publication; else from this day only
    impressions bigint, views bigint, reach bigint, reactions bigint, comments bigint, shares bigint, saves bigint,
    clicks bigint, link_clicks bigint, profile_visits bigint, follows bigint, video_views bigint,
    watch_seconds double,
    engagements bigint,                   -- the network's own total, by its own definition
    others map(varchar, double)
);

create table account_days (
    account varchar, day date,
    followers bigint,
    typed_followers bigint,               -- the same as followers where that was typed in by hand
    follows bigint, unfollows bigint, net_follows bigint, posts bigint,
    impressions bigint, views bigint, reach bigint, visitors bigint,
    interactions bigint,                  -- stated as one total where the parts are not
    reactions bigint, comments bigint, shares bigint, saves bigint,
    clicks bigint, link_clicks bigint, profile_visits bigint, mentions bigint, video_views bigint,
    watch_seconds double,
    engagements bigint,                   -- the network's own total, by its own definition
    others map(varchar, double)
);

-- An account's figures by country, seniority, city, video …: a day (first_day = last_day) or a period.
create table audience (
    account varchar, dimension varchar, member varchar, first_day date, last_day date,
    followers bigint, page_views bigint, views bigint, watch_seconds double, share double,
    others map(varchar, double)
);

-- A slice of a web property's traffic: site, channel, source, landing, page, referrer, geo, device, event, hour …
create table web (
    account varchar, slice varchar, first_day date, last_day date,
    channel varchar, source varchar, campaign varchar, landing_page varchar, page varchar, title varchar,
    referrer varchar, country varchar, city varchar, device varchar, event varchar, hour tinyint, member varchar,
    host varchar, region varchar, browser varchar, term varchar, content varchar,
    system varchar,                       -- the operating system
    users bigint, total_users bigint, new_users bigint, returning_users bigint,
    sessions bigint, engaged_sessions bigint, engagement_seconds double, views bigint,
    events bigint, key_events double, key_event_sessions bigint, key_event_users bigint, revenue double,
    others map(varchar, double)
);

-- Search Console. `position` is the average position; weigh it by impressions, never average it.
create table search (
    account varchar, slice varchar, first_day date, last_day date,
    query varchar, page varchar, country varchar, device varchar, appearance varchar,
    clicks bigint, impressions bigint, position double,
    others map(varchar, double)
);

create table ads (
    account varchar, campaign varchar,
    part varchar,                         -- of the campaign: an ad set, an ad, a device; NULL: the row is of all of it
    first_day date, last_day date, currency varchar,
    cost decimal(18, 6), impressions bigint, clicks bigint, conversions double, conversion_value double,
    others map(varchar, double)
);

create table reviews (
    account varchar, review_id varchar, day date, rating double, title varchar, text varchar, link varchar,
    answered_at timestamp,
    others map(varchar, double)
);

create table conversations (
    id varchar, received timestamp, kind varchar, account varchar, link varchar, assigned varchar,
    answered timestamp, treated timestamp, checked timestamp
);

-- What people state in Vigie itself: never derived from exports.
create table brand (name varchar, zone varchar, week_start tinyint);         -- one row; week_start 1 = Monday
create table brand_words (word varchar);     -- by which a search is told to be for the brand; none: those of its name
create table mappings (name varchar, toml varchar);   -- what the columns of tables in no known format mean
-- That an account measures the same site as `lead`, which goes before it; `place`: which of several is asked first.
create table same_site (account varchar, lead varchar, place integer);
-- What is aimed at, a row a version, from the day `since` on; rows are only ever added, so that the target of a period
-- that is over stays what it was. `scope`: networks and accounts, none being the brand; `period`: week, month, quarter,
-- year, or dates, from first_day to last_day. Without `low` and `high` the aim is given up from `since` on.
create table objectives (
    metric varchar, scope varchar[], period varchar, first_day date, last_day date,
    since date, low double, high double, owner varchar, stated_at timestamp
);
-- Campaigns: their days, what belongs to them, what they cost, and what counts as their result. `ads`: their names in
-- reports of ads; `amount`: the cost beside what those state; `of_an_hour`: what an hour costs.
create table campaigns (
    name varchar, first_day date, last_day date,
    utm_source varchar[], utm_medium varchar[], utm_campaign varchar[], hashtags varchar[], posts varchar[], ads varchar[],
    currency varchar, amount double, hours double, of_an_hour double,
    result varchar, value double,         -- the metric that counts as its result, and what one is worth
    moves varchar, untouched varchar[],   -- the metric that it is to move, and what it cannot have touched
    owner varchar, stated_at timestamp
);
-- What happened on a day or a span of days; and what people say of a peak: its cause, confirmed among those proposed or
-- written, or that it is not explained. `size` and `expected` are those that were shown when it was said.
create table annotations (id varchar, first_day date, last_day date, category varchar, text varchar);
create table peak_causes (
    series varchar, day date, status varchar, cause varchar, size double, expected double, stated_at timestamp
);
-- Reports that were handed over, and the figures they printed, in order. `way`: file, or the service it was sent by;
-- `settled`: it was not provisional then.
create table published (
    id varchar, first_day date, last_day date, edition varchar, language varchar, way varchar,
    headline varchar, comment varchar, decision varchar, published_at timestamp
);
create table published_figures (
    id varchar, place integer, metric varchar, first date, last date, value double, settled boolean
);
create table accounts (account varchar, network varchar, handle varchar, name varchar);

-- What the exports of an account cover in one table: days stated, and the date of the newest export. An export of posts
-- that was `asked` for the posts of certain days covers these, posts or none.
create table spans (
    account varchar, "table" varchar, first_day date, last_day date, as_of timestamp, asked boolean
);

create table exports (
    export_id varchar, name varchar, size bigint, connector varchar, as_of timestamp, loaded_at timestamp,
    rank bigint,                          -- order of belief: by as_of, then export_id; 1 is the oldest
    first_day date, last_day date, statements bigint,
    answer_account varchar, answer_as_of timestamp, answer_date_order varchar, answer_since date,
    answer_mapping varchar                -- TOML: what its columns mean, where it is in no known format
);
create table problems (
    export_id varchar, sheet varchar, row bigint, "column" varchar, found varchar,
    expected varchar, expected_values varchar     -- Message: its English text and its values as JSON
);
-- Totals that exports declare beside their rows, and what the rows read come to.
create table checks (export_id varchar, sheet varchar, row bigint, what varchar, declared double, read double);
-- That an export answers a whole slice of `web` or `search` for a span of days, and what its source says of the answer.
create table answers (
    export_id varchar, sheet varchar, row bigint, "table" varchar, account varchar, slice varchar,
    first_day date, last_day date,
    by_day boolean,                       -- it speaks of each single day of the span; else of the span as a whole
    provisional_from date,                -- from this day on the source still changes its figures
    sampled double,                       -- the share of the data that the source read, where it took a sample
    withheld boolean,                     -- small numbers may be left out
    other double,                         -- the share of the first additive measure in a row "(other)"
    cut_before date,                      -- the source keeps nothing from before that day
    restricted varchar[],                 -- measures that the reader may not see: they are not stated
    currency varchar, zone varchar,
    totals map(varchar, double)           -- as the source declares them, people counted once
);
