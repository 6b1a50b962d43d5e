-- The regulation of xx county written straight as DuckDB SQL, as fast as its author could make it.
--
-- It reads the same files as kaohe and gives the same results, consequences and steps, and it trusts
-- its input: nothing is checked. Points are whole hundredths; a value "#n" over "#d" is an exact
-- fraction in points. run.py puts the folders in for {data} and {out}.

-- Every table is read once. A leaf belongs to the group of its first digit, or stands loose ("*").
-- CASE inside the sum costs half of what FILTER does.
CREATE OR REPLACE TEMP TABLE points AS
WITH leaf AS (
    SELECT
        subject_id,
        round = 'half_year' AS half,
        CASE WHEN length(indicator) = 1 THEN '*' ELSE indicator[1] END AS part,
        CAST(points * 100 AS INTEGER) AS p
    FROM '{data}/scores.parquet'
)
SELECT
    subject_id,
    CAST(sum(CASE WHEN half AND part = '1' THEN p END) AS BIGINT) AS "half_year:1",
    CAST(sum(CASE WHEN half AND part = '2' THEN p END) AS BIGINT) AS "half_year:2",
    CAST(sum(CASE WHEN half AND part = '3' THEN p END) AS BIGINT) AS "half_year:3",
    CAST(sum(CASE WHEN half AND part = '4' THEN p END) AS BIGINT) AS "half_year:4",
    CAST(sum(CASE WHEN half AND part = '6' THEN p END) AS BIGINT) AS "half_year:6",
    CAST(sum(CASE WHEN half AND part = '*' THEN p END) AS BIGINT) AS "half_year:*",
    CAST(sum(CASE WHEN NOT half AND part = '1' THEN p END) AS BIGINT) AS "year_end:1",
    CAST(sum(CASE WHEN NOT half AND part = '2' THEN p END) AS BIGINT) AS "year_end:2",
    CAST(sum(CASE WHEN NOT half AND part = '3' THEN p END) AS BIGINT) AS "year_end:3",
    CAST(sum(CASE WHEN NOT half AND part = '4' THEN p END) AS BIGINT) AS "year_end:4",
    CAST(sum(CASE WHEN NOT half AND part = '6' THEN p END) AS BIGINT) AS "year_end:6",
    CAST(sum(CASE WHEN NOT half AND part = '*' THEN p END) AS BIGINT) AS "year_end:*"
FROM leaf
GROUP BY subject_id;

-- 募集社会扶贫资金 (bonus-5) has a cap of its own with townships and departments.
CREATE OR REPLACE TEMP TABLE events AS
WITH event AS (
    SELECT
        subject_id,
        round = 'half_year' AS half,
        type = 'bonus' AS bonus,
        item = 'bonus-5' AS fund,
        CAST(points * 100 AS INTEGER) AS p
    FROM '{data}/adjustments.parquet'
)
SELECT
    subject_id,
    CAST(sum(CASE WHEN half AND bonus AND fund THEN p END) AS BIGINT) AS half_fund,
    CAST(sum(CASE WHEN half AND bonus AND NOT fund THEN p END) AS BIGINT) AS half_bonus,
    CAST(sum(CASE WHEN half AND NOT bonus THEN p END) AS BIGINT) AS half_deduction,
    CAST(sum(CASE WHEN NOT half AND bonus AND fund THEN p END) AS BIGINT) AS year_fund,
    CAST(sum(CASE WHEN NOT half AND bonus AND NOT fund THEN p END) AS BIGINT) AS year_bonus,
    CAST(sum(CASE WHEN NOT half AND NOT bonus THEN p END) AS BIGINT) AS year_deduction
FROM event
GROUP BY subject_id;

CREATE OR REPLACE TEMP TABLE ratings AS
WITH rating AS (
    SELECT
        subject_id,
        round = 'half_year' AS half,
        excellent * 10000 + competent * 8000 + basically_competent * 6000 AS worth,
        excellent + competent + basically_competent + incompetent AS counted
    FROM '{data}/ballots.parquet'
)
SELECT
    subject_id,
    CAST(sum(CASE WHEN half THEN worth END) AS BIGINT) AS "half_year:民主测评#sum",
    CAST(sum(CASE WHEN half THEN counted END) AS BIGINT) AS "half_year:民主测评#count",
    CAST(sum(CASE WHEN NOT half THEN worth END) AS BIGINT) AS "year_end:民主测评#sum",
    CAST(sum(CASE WHEN NOT half THEN counted END) AS BIGINT) AS "year_end:民主测评#count"
FROM rating
GROUP BY subject_id;

CREATE OR REPLACE TEMP TABLE determined AS
SELECT
    subject_id,
    bool_or(type = 'recalled') AS recalled,
    bool_or(type = 'reserve_cadre') AS reserve_cadre,
    bool_or(type = 'unit_head_honours') AS unit_head_honours,
    bool_or(type = 'not_excellent') AS not_excellent,
    bool_or(type = 'major_failure') AS major_failure,
    bool_or(type = 'dereliction') AS dereliction
FROM '{data}/determinations.parquet'
GROUP BY subject_id;

-- 第一书记, 驻村工作队 and 农业科技人员 have the same formulas; a team has no bonus and no deduction.
CREATE OR REPLACE TEMP TABLE persons AS
WITH person AS (
    SELECT
        s.subject_id, s.kind, s.county,
        s.kind = '第一书记' AS secretary,
        s.kind = '驻村工作队' AS team,
        p."half_year:6", p."year_end:6", p."half_year:*", p."year_end:*",
        r."half_year:民主测评#sum", r."half_year:民主测评#count",
        r."year_end:民主测评#sum", r."year_end:民主测评#count",
        CASE WHEN NOT team THEN coalesce(e.half_fund, 0) + coalesce(e.half_bonus, 0) END
            AS "half_year:加分#sum",
        CASE WHEN NOT team THEN coalesce(e.half_deduction, 0) END AS "half_year:扣分#sum",
        CASE WHEN NOT team THEN coalesce(e.year_fund, 0) + coalesce(e.year_bonus, 0) END
            AS "year_end:加分#sum",
        CASE WHEN NOT team THEN coalesce(e.year_deduction, 0) END AS "year_end:扣分#sum",
        CASE WHEN NOT team THEN coalesce(d.recalled, false) END AS "认定:召回",
        CASE WHEN NOT team THEN coalesce(d.reserve_cadre, false) END AS "认定:后备干部",
        CASE WHEN NOT team THEN coalesce(d.unit_head_honours, false) END AS "认定:取消负责人评优",
        coalesce(d.not_excellent, false) AS "认定:不评优秀",
        CASE WHEN team THEN coalesce(d.major_failure, false) END AS "认定:重大失误",
        coalesce(d.dereliction, false) AS "认定:失职渎职"
    FROM '{data}/subjects.parquet' AS s
    LEFT JOIN points AS p USING (subject_id)
    LEFT JOIN events AS e USING (subject_id)
    LEFT JOIN ratings AS r USING (subject_id)
    LEFT JOIN determined AS d USING (subject_id)
    WHERE s.kind IN ('第一书记', '驻村工作队', '农业科技人员')
), capped AS (
    SELECT
        *,
        CASE WHEN NOT team THEN least("half_year:加分#sum", 1000) END AS "half_year:加分",
        CASE WHEN NOT team THEN least("half_year:扣分#sum", 1000) END AS "half_year:扣分",
        CASE WHEN NOT team THEN least("year_end:加分#sum", 1000) END AS "year_end:加分",
        CASE WHEN NOT team THEN least("year_end:扣分#sum", 1000) END AS "year_end:扣分",
        "half_year:民主测评#sum" AS "半年测评得分#n",
        100 * nullif("half_year:民主测评#count", 0) AS "半年测评得分#d",
        "year_end:民主测评#sum" AS "年终测评得分#n",
        100 * nullif("year_end:民主测评#count", 0) AS "年终测评得分#d"
    FROM person
), summed AS (
    SELECT
        *,
        CASE
            WHEN team THEN "half_year:6" + "half_year:*"
            ELSE "half_year:*" + "half_year:加分" - "half_year:扣分"
        END AS half_total,
        CASE
            WHEN team THEN "year_end:6" + "year_end:*"
            ELSE "year_end:*" + "year_end:加分" - "year_end:扣分"
        END AS year_total
    FROM capped
), reviewed AS (
    SELECT
        *,
        CASE WHEN half_total < 0 THEN 0 ELSE half_total END AS "半年考核得分",
        CASE WHEN year_total < 0 THEN 0 ELSE year_total END AS "年终考评得分",
        (200 * "半年测评得分#n" + "半年测评得分#d") // (2 * "半年测评得分#d") AS "半年测评得分",
        (200 * "年终测评得分#n" + "年终测评得分#d") // (2 * "年终测评得分#d") AS "年终测评得分"
    FROM summed
), whole_year AS (
    -- Who was there for one round only is judged by that one whole.
    SELECT
        *,
        3 * ("半年考核得分" + "年终考评得分") + 2 * ("半年测评得分" + "年终测评得分") AS n1,
        CASE
            WHEN "半年考核得分" IS NULL AND "半年测评得分" IS NULL
            THEN 3 * "年终考评得分" + 2 * "年终测评得分"
        END AS n2,
        CASE
            WHEN "年终考评得分" IS NULL AND "年终测评得分" IS NULL
            THEN 3 * "半年考核得分" + 2 * "半年测评得分"
        END AS n3
    FROM reviewed
), chosen AS (
    SELECT
        *,
        coalesce(n1, n2, n3) AS "年度得分#n",
        CASE
            WHEN n1 IS NOT NULL THEN 1 WHEN n2 IS NOT NULL THEN 2 WHEN n3 IS NOT NULL THEN 3
        END AS "年度得分#alt",
        CASE "年度得分#alt" WHEN 1 THEN 1000 WHEN 2 THEN 500 WHEN 3 THEN 500 END AS "年度得分#d",
        (200 * "年度得分#n" + "年度得分#d") // (2 * "年度得分#d") AS "年度得分"
    FROM whole_year
), ranked AS (
    SELECT
        *,
        CASE
            WHEN "年度得分" IS NOT NULL
            THEN rank() OVER (PARTITION BY county, kind ORDER BY "年度得分" DESC NULLS LAST)
        END AS "名次",
        CASE
            WHEN "认定:召回" THEN '不称职'
            WHEN "年度得分" >= 9000 AND "认定:不评优秀" THEN '称职'
            WHEN "年度得分" >= 9000 THEN '优秀'
            WHEN "年度得分" >= 7500 THEN '称职'
            WHEN "年度得分" >= 6000 THEN '基本称职'
            WHEN "年度得分" >= 0 THEN '不称职'
        END AS "等次"
    FROM chosen
)
SELECT
    *,
    CASE
        WHEN secretary
        THEN CASE "等次" WHEN '不称职' THEN 0 WHEN '基本称职' THEN 80 WHEN '称职' THEN 100
            WHEN '优秀' THEN 100 END
    END AS "年终目标奖比例",
    CASE WHEN team THEN "认定:重大失误" ELSE "认定:召回" END AS "运用:0",
    CASE
        WHEN secretary THEN coalesce("等次" = '不称职', false)
        WHEN team THEN "认定:重大失误"
        ELSE "认定:召回" AND "认定:后备干部"
    END AS "运用:1",
    CASE
        WHEN secretary THEN "认定:召回" AND "认定:后备干部"
        WHEN team THEN "认定:失职渎职"
        ELSE "认定:召回" AND "认定:取消负责人评优"
    END AS "运用:2",
    CASE
        WHEN secretary THEN "认定:召回" AND "认定:取消负责人评优"
        WHEN NOT team THEN "认定:失职渎职"
    END AS "运用:3",
    CASE WHEN secretary THEN "认定:失职渎职" END AS "运用:4"
FROM ranked;

-- Whose 年度得分 counts for which unit: 180 days in the year or more, each person once.
CREATE OR REPLACE TEMP TABLE members AS
WITH served AS (
    SELECT subject_id, department_id, township_id
    FROM '{data}/postings.parquet'
    WHERE date_diff(
        'day', greatest(start, DATE '2016-01-01'), least(coalesce("end", DATE '2016-12-31'), DATE '2016-12-31')
    ) >= 179
), linked AS (
    SELECT DISTINCT subject_id, unnest([department_id, township_id]) AS unit FROM served
)
SELECT
    unit AS subject_id,
    CAST(sum(CASE WHEN secretary THEN "年度得分" END) AS BIGINT) AS "第一书记.年度得分#sum",
    count(CASE WHEN secretary THEN "年度得分" END) AS "第一书记.年度得分#count",
    CAST(sum(CASE WHEN team THEN "年度得分" END) AS BIGINT) AS "驻村工作队.年度得分#sum",
    count(CASE WHEN team THEN "年度得分" END) AS "驻村工作队.年度得分#count"
FROM linked
JOIN persons USING (subject_id)
WHERE unit IS NOT NULL AND kind <> '农业科技人员'
GROUP BY unit;

CREATE OR REPLACE TEMP TABLE units AS
WITH unit AS (
    SELECT
        s.subject_id, s.kind, s.county, s.class,
        s.kind = '乡镇' AS township,
        s.project_township, s.reduction_task_met, s.vertical,
        p."half_year:1", p."half_year:2", p."half_year:3", p."half_year:4",
        p."year_end:1", p."year_end:2", p."year_end:3", p."year_end:4",
        CASE
            WHEN NOT township
            THEN 3000 * CAST(contains(special, '2.1') AS BIGINT)
                + 1000 * CAST(contains(special, '2.2') AS BIGINT)
                + 1000 * CAST(contains(special, '2.3') AS BIGINT)
        END AS full_points,
        least(coalesce(e.half_fund, 0), 500) AS "half_year:bonus/bonus-5",
        least(coalesce(e.year_fund, 0), 500) AS "year_end:bonus/bonus-5",
        coalesce(e.half_bonus, 0) + "half_year:bonus/bonus-5" AS "half_year:加分#sum",
        coalesce(e.half_deduction, 0) AS "half_year:扣分#sum",
        coalesce(e.year_bonus, 0) + "year_end:bonus/bonus-5" AS "year_end:加分#sum",
        coalesce(e.year_deduction, 0) AS "year_end:扣分#sum",
        least("half_year:加分#sum", 1000) AS "half_year:加分",
        least("half_year:扣分#sum", 1000) AS "half_year:扣分",
        least("year_end:加分#sum", 1000) AS "year_end:加分",
        least("year_end:扣分#sum", 1000) AS "year_end:扣分",
        coalesce(d.dereliction, false) AS "认定:失职渎职",
        m."第一书记.年度得分#sum",
        coalesce(m."第一书记.年度得分#count", 0) AS "第一书记.年度得分#count",
        CASE WHEN NOT township THEN m."驻村工作队.年度得分#sum" END AS "驻村工作队.年度得分#sum",
        CASE WHEN NOT township THEN coalesce(m."驻村工作队.年度得分#count", 0) END
            AS "驻村工作队.年度得分#count"
    FROM (
        SELECT *, coalesce(special_items, '') AS special FROM '{data}/subjects.parquet'
        WHERE kind IN ('乡镇', '部门')
    ) AS s
    LEFT JOIN points AS p USING (subject_id)
    LEFT JOIN events AS e USING (subject_id)
    LEFT JOIN determined AS d USING (subject_id)
    LEFT JOIN members AS m USING (subject_id)
), summed AS (
    -- 专项指标 weigh 50 whichever of them apply; with none, 共同指标 count twice.
    SELECT
        *,
        CASE WHEN full_points > 0 THEN full_points ELSE 1 END AS scale,
        CASE WHEN NOT township THEN scale END AS special_scale,
        CASE
            WHEN full_points > 0 THEN 5000 * "half_year:2"
            WHEN NOT township THEN "half_year:1"
        END AS special_half,
        CASE
            WHEN full_points > 0 THEN 5000 * "year_end:2"
            WHEN NOT township THEN "year_end:1"
        END AS special_year,
        CASE
            WHEN township
            THEN "half_year:1" + "half_year:2" + "half_year:3" + "half_year:4"
            ELSE "half_year:1" * scale + special_half
        END + ("half_year:加分" - "half_year:扣分") * scale AS half_total,
        CASE
            WHEN township
            THEN "year_end:1" + "year_end:2" + "year_end:3" + "year_end:4"
            ELSE "year_end:1" * scale + special_year
        END + ("year_end:加分" - "year_end:扣分") * scale AS year_total
    FROM unit
), reviewed AS (
    SELECT
        *,
        CASE WHEN half_total < 0 THEN 0 ELSE half_total END AS "半年考核得分#n",
        CASE WHEN year_total < 0 THEN 0 ELSE year_total END AS "年终考评得分#n",
        (2 * "半年考核得分#n" + scale) // (2 * scale) AS "半年考核得分",
        (2 * "年终考评得分#n" + scale) // (2 * scale) AS "年终考评得分",
        "半年考核得分" + "年终考评得分" AS own,
        nullif("第一书记.年度得分#count", 0) AS secretaries,
        nullif("驻村工作队.年度得分#count", 0) AS teams
    FROM summed
), chosen AS (
    SELECT
        *,
        CASE
            WHEN own IS NULL THEN NULL
            WHEN township THEN CASE WHEN secretaries IS NULL THEN 2 ELSE 1 END
            WHEN secretaries IS NULL AND teams IS NULL THEN 4
            WHEN secretaries IS NULL THEN 3
            WHEN teams IS NULL THEN 2
            ELSE 1
        END AS "年度总分#alt",
        CASE
            WHEN own IS NULL THEN NULL
            WHEN secretaries IS NULL AND teams IS NULL THEN own
            WHEN township THEN "第一书记.年度得分#sum" + 2 * own * secretaries
            WHEN secretaries IS NULL THEN 4 * "驻村工作队.年度得分#sum" + 3 * own * teams
            WHEN teams IS NULL THEN 4 * "第一书记.年度得分#sum" + 3 * own * secretaries
            ELSE 2 * (7 * "第一书记.年度得分#sum" * teams + 3 * "驻村工作队.年度得分#sum" * secretaries)
                + 15 * own * secretaries * teams
        END AS "年度总分#n",
        CASE
            WHEN own IS NULL THEN NULL
            WHEN secretaries IS NULL AND teams IS NULL THEN 200
            WHEN township THEN 500 * secretaries
            WHEN secretaries IS NULL THEN 1000 * teams
            WHEN teams IS NULL THEN 1000 * secretaries
            ELSE 5000 * secretaries * teams
        END AS "年度总分#d",
        (200 * "年度总分#n" + "年度总分#d") // (2 * "年度总分#d") AS "年度总分"
    FROM reviewed
), ranked AS (
    SELECT
        *,
        CASE
            WHEN "年度总分" IS NOT NULL
            THEN rank() OVER (PARTITION BY county, kind ORDER BY "年度总分" DESC NULLS LAST)
        END AS "名次",
        CASE
            WHEN "年度总分" IS NOT NULL AND project_township = 1
            THEN rank() OVER (
                PARTITION BY county, kind, project_township ORDER BY "年度总分" DESC NULLS LAST
            )
        END AS "项目乡镇名次",
        CASE
            WHEN "年度总分" IS NOT NULL
            THEN rank() OVER (PARTITION BY county, kind, class ORDER BY "年度总分" NULLS LAST)
        END AS "分类倒数名次",
        CASE WHEN township THEN "项目乡镇名次" ELSE "名次" END AS place
    FROM chosen
), counted AS (
    SELECT *, place + count(*) OVER (PARTITION BY county, kind, place) - 1 AS last FROM ranked
)
SELECT
    *,
    CASE
        WHEN place <= 3 THEN '一等奖' WHEN place <= 8 THEN '二等奖' WHEN place <= 16 THEN '三等奖'
    END AS "奖项",
    coalesce(
        place <= 3 AND last > 3 OR place <= 8 AND last > 8 OR place <= 16 AND last > 16, false
    ) AS "奖项#tie",
    coalesce("年度总分" < 7500, false) AS talk,
    talk AND coalesce(reduction_task_met = 0 AND "分类倒数名次" <= 3, false) AS removal,
    removal AND (township OR coalesce(vertical, 0) = 0) AS "运用:2",
    CASE WHEN township THEN "认定:失职渎职" ELSE removal AND coalesce(vertical, 0) = 1 END AS "运用:3",
    CASE WHEN NOT township THEN "认定:失职渎职" END AS "运用:4"
FROM counted;

COPY (
    SELECT
        subject_id, kind,
        CAST("半年考核得分" * 0.01::DECIMAL(3, 2) AS DECIMAL(18, 2)) AS half_year_review,
        CAST("年终考评得分" * 0.01::DECIMAL(3, 2) AS DECIMAL(18, 2)) AS year_end_review,
        CAST("半年测评得分" * 0.01::DECIMAL(3, 2) AS DECIMAL(18, 2)) AS half_year_ballot,
        CAST("年终测评得分" * 0.01::DECIMAL(3, 2) AS DECIMAL(18, 2)) AS year_end_ballot,
        CAST("年度得分" * 0.01::DECIMAL(3, 2) AS DECIMAL(18, 2)) AS annual_score,
        CAST("名次" AS INTEGER) AS rank,
        "等次" AS grade,
        CAST(NULL AS VARCHAR) AS award,
        CAST("年终目标奖比例" * 0.01::DECIMAL(3, 2) AS DECIMAL(18, 2)) AS bonus_ratio
    FROM persons
    UNION ALL
    SELECT
        subject_id, kind,
        CAST("半年考核得分" * 0.01::DECIMAL(3, 2) AS DECIMAL(18, 2)),
        CAST("年终考评得分" * 0.01::DECIMAL(3, 2) AS DECIMAL(18, 2)),
        NULL, NULL,
        CAST("年度总分" * 0.01::DECIMAL(3, 2) AS DECIMAL(18, 2)),
        CAST("名次" AS INTEGER), NULL, "奖项", NULL
    FROM units
) TO '{out}/results.parquet' (FORMAT parquet);

COPY (
    SELECT subject_id, action, basis
    FROM (
        SELECT
            subject_id,
            unnest(
                CASE kind
                    WHEN '第一书记' THEN [
                        {{'on': "运用:0", 'action': '召回', 'basis': '四(二)3'}},
                        {{'on': "运用:1", 'action': '启动问责程序', 'basis': '四(二)3'}},
                        {{'on': "运用:2", 'action': '取消培养计划学员或后备干部资格', 'basis': '四(二)3'}},
                        {{'on': "运用:3", 'action': '取消所在单位主要负责人当年评先评优资格', 'basis': '四(二)3'}},
                        {{'on': "运用:4", 'action': '追究主要负责人和直接责任者责任', 'basis': '四(二)'}}
                    ]
                    WHEN '驻村工作队' THEN [
                        {{'on': "运用:0", 'action': '撤除工作队队长原单位职务', 'basis': '四(二)3'}},
                        {{'on': "运用:1", 'action': '处罚队员', 'basis': '四(二)3'}},
                        {{'on': "运用:2", 'action': '追究主要负责人和直接责任者责任', 'basis': '四(二)'}}
                    ]
                    ELSE [
                        {{'on': "运用:0", 'action': '召回', 'basis': '四(二)3'}},
                        {{'on': "运用:1", 'action': '取消培养计划学员或后备干部资格', 'basis': '四(二)3'}},
                        {{'on': "运用:2", 'action': '取消所在单位主要负责人当年评先评优资格', 'basis': '四(二)3'}},
                        {{'on': "运用:3", 'action': '追究主要负责人和直接责任者责任', 'basis': '四(二)'}}
                    ]
                END,
                recursive := true
            )
        FROM persons
        WHERE "运用:0" OR "运用:1" OR "运用:2" OR "运用:3" OR "运用:4"
        UNION ALL
        SELECT
            subject_id,
            unnest(
                [
                    {{'on': talk, 'action': '约谈主要领导', 'basis': basis}},
                    {{'on': talk, 'action': '诫勉分管领导', 'basis': basis}},
                    {{'on': "运用:2", 'action': '免职主要领导和分管领导', 'basis': basis}},
                    {{'on': "运用:3" AND kind = '部门', 'action': '建议主管部门处理', 'basis': basis}},
                    {{'on': "认定:失职渎职", 'action': '追究主要负责人和直接责任者责任', 'basis': '四(二)'}}
                ],
                recursive := true
            )
        FROM (
            SELECT *, CASE WHEN township THEN '四(二)1' ELSE '四(二)2' END AS basis
            FROM units
            WHERE talk OR "认定:失职渎职"
        )
    )
    WHERE "on"
) TO '{out}/consequences.csv' (FORMAT csv, HEADER);

COPY (
    SELECT
        subject_id, kind,
        "half_year:6", "year_end:6", "half_year:*", "year_end:*",
        "half_year:加分", "half_year:扣分", "year_end:加分", "year_end:扣分",
        "half_year:民主测评#sum", "half_year:民主测评#count",
        "year_end:民主测评#sum", "year_end:民主测评#count",
        "认定:召回", "认定:后备干部", "认定:取消负责人评优", "认定:不评优秀", "认定:重大失误",
        "认定:失职渎职",
        "半年考核得分" AS "半年考核得分#n", 100 AS "半年考核得分#d", "半年考核得分",
        "年终考评得分" AS "年终考评得分#n", 100 AS "年终考评得分#d", "年终考评得分",
        "半年测评得分#n", "半年测评得分#d", "半年测评得分",
        "年终测评得分#n", "年终测评得分#d", "年终测评得分",
        "年度得分#n", "年度得分#d", "年度得分#alt", "年度得分", "名次", "等次",
        CASE WHEN secretary THEN "年终目标奖比例" // 20 END AS "年终目标奖比例#n",
        CASE WHEN secretary THEN 5 END AS "年终目标奖比例#d",
        "年终目标奖比例",
        "运用:0", "运用:1", "运用:2", "运用:3", "运用:4"
    FROM persons
    UNION ALL BY NAME
    SELECT
        subject_id, kind,
        "half_year:1", "half_year:2", "half_year:3", "half_year:4",
        "year_end:1", "year_end:2", "year_end:3", "year_end:4",
        full_points AS "half_year:2#full", full_points AS "year_end:2#full",
        special_half AS "half_year:2#n", 100 * special_scale AS "half_year:2#d",
        special_year AS "year_end:2#n", 100 * special_scale AS "year_end:2#d",
        "half_year:bonus/bonus-5", "year_end:bonus/bonus-5",
        "half_year:加分", "half_year:扣分", "year_end:加分", "year_end:扣分",
        "认定:失职渎职",
        "第一书记.年度得分#sum", "第一书记.年度得分#count",
        "驻村工作队.年度得分#sum", "驻村工作队.年度得分#count",
        "半年考核得分#n", 100 * scale AS "半年考核得分#d", "半年考核得分",
        "年终考评得分#n", 100 * scale AS "年终考评得分#d", "年终考评得分",
        "年度总分#n", "年度总分#d", "年度总分#alt", "年度总分",
        "名次", "项目乡镇名次", "分类倒数名次", "奖项", "奖项#tie",
        talk AS "运用:0", talk AS "运用:1", "运用:2", "运用:3", "运用:4"
    FROM units
) TO '{out}/steps.parquet' (FORMAT parquet);
