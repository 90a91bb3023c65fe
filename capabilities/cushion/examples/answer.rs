//! Answers questions about the formulas, one JSON object a line in and out, so that another implementation can be held
//! beside them: `cargo run -p cushion --example answer < questions.jsonl`. `cargo xtask bench cushion` does.
//!
//! A question is `{"f": name, …}` with the arguments of that formula. What cannot be reached is `null`.

use std::io::{BufRead as _, Write as _};

use anyhow::Context as _;
use cushion::majority::{Asked, majority};
use cushion::newcomer::{Newest, first_page, until_share};
use cushion::plan::{Ask, Plan, Verdict, plan};
use cushion::surface::{Effort, Habit, Rating, Surface, bad_week, fragility, severity};
use serde_json::{Value, json};
use stats::{Beta, Interval, Share, Stratum, hajek, hypergeometric, negative_binomial, stratified};

fn main() -> anyhow::Result<()> {
    let mut output = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let question = Question(serde_json::from_str(&line).context("a question is a JSON object")?);
        serde_json::to_writer(&mut output, &answer(&question).with_context(|| line.clone())?)?;
        output.write_all(b"\n")?;
    }
    Ok(())
}

struct Question(Value);

impl Question {
    fn number(&self, name: &str) -> anyhow::Result<f64> {
        self.0[name].as_f64().with_context(|| format!("no number {name}"))
    }

    fn count(&self, name: &str) -> anyhow::Result<u64> {
        self.0[name].as_u64().with_context(|| format!("no count {name}"))
    }

    fn numbers(&self, name: &str) -> anyhow::Result<Vec<f64>> {
        let list = self.0[name].as_array().with_context(|| format!("no list {name}"))?;
        list.iter().map(|v| v.as_f64().context("a number")).collect()
    }

    fn five(&self, name: &str) -> anyhow::Result<[f64; 5]> {
        self.numbers(name)?.try_into().ok().context("five numbers")
    }

    fn flags(&self, name: &str) -> anyhow::Result<Vec<bool>> {
        let list = self.0[name].as_array().with_context(|| format!("no list {name}"))?;
        list.iter().map(|v| v.as_bool().context("yes or no")).collect()
    }

    fn surface(&self) -> anyhow::Result<Surface> {
        let name = self.0["surface"].as_str().context("no surface")?;
        let surface = Surface::named(name).context("no such surface")?;
        Ok(Surface { threshold: self.0["theta"].as_f64().unwrap_or(surface.threshold), ..surface })
    }

    /// `[[age in days, stars], …]`
    fn ratings(&self) -> anyhow::Result<Vec<Rating>> {
        let list = self.0["reviews"].as_array().context("no reviews")?;
        list.iter()
            .map(|pair| {
                let (age_days, grade) = pair[0].as_f64().zip(pair[1].as_f64()).context("age and stars")?;
                Ok(Rating { age_days, grade, count: 1 })
            })
            .collect()
    }
}

fn answer(q: &Question) -> anyhow::Result<Value> {
    Ok(match q.0["f"].as_str().context("no formula")? {
        "surface" => surface(q)?,
        "last_n" => last_n(q)?,
        "share" => json!(until_share(q.count("negative")?, q.count("all")?, q.number("share")?)),
        "first_page" => json!(first_page(&q.flags("negative")?, q.number("share")?)),
        "wilson" => json!(Share::new(q.count("hits")?, q.count("n")?).interval()),
        "hajek" => json!(hajek(q.numbers("y")?.into_iter().zip(q.numbers("p")?))),
        "stratified" => {
            let (people, hits, answers) = (q.numbers("people")?, q.numbers("hits")?, q.numbers("answers")?);
            let strata: Vec<Stratum> = people
                .into_iter()
                .zip(hits.into_iter().zip(answers))
                .map(|(people, (hits, answers))| Stratum { people, hits, answers })
                .collect();
            json!(stratified(&strata))
        }
        "fragility" => {
            let (k10, weekly) = (q.number("k10")?, q.number("weekly")?);
            json!({"level": fragility(k10, weekly), "bad_week": bad_week(weekly)})
        }
        "severity" => json!(severity(q.number("projected")?, q.number("k10")?)),
        "pmf" => json!(negative_binomial(q.number("mean")?, q.number("dispersion")?, q.count("n")? as usize)),
        "hyper_tail" => {
            let drawn = hypergeometric(q.count("all")?, q.count("marked")?, q.count("shown")?);
            json!(drawn.iter().skip(q.count("least")? as usize).sum::<f64>())
        }
        "week" => {
            let habit = Habit { weekly: q.number("weekly")?, stars: q.five("stars")?, weekly_negative: 0.0 };
            let week = q.surface()?.after_a_week(&q.ratings()?, &habit, Effort::FULL);
            json!([week.median, week.k10])
        }
        "plan" => invitations(q)?,
        "majority" => silent(q)?,
        other => anyhow::bail!("no formula {other}"),
    })
}

fn surface(q: &Question) -> anyhow::Result<Value> {
    let (surface, ratings) = (q.surface()?, q.ratings()?);
    Ok(json!({
        "tau": surface.tau(),
        "slack": surface.slack(&ratings, q.number("now")?),
        "k": surface.cushion(&ratings, q.number("bad")?),
        "displayed": surface.displayed(q.number("mean")?),
        "runway": surface.runway_days(&ratings),
    }))
}

fn last_n(q: &Question) -> anyhow::Result<Value> {
    let recent = q.flags("recent")?;
    let arrivals: Vec<(u64, f64)> = (0..).zip(q.numbers("arrivals")?).collect();
    let newest =
        Newest { negative: &recent, arrivals: &arrivals, negative_share: q.number("negative_share")? };
    let (shown, share) = (q.count("shown")? as usize, q.number("share")?);
    Ok(json!({
        "p": newest.risk(q.count("angry")?, shown, share),
        "k": newest.until_risky(shown, share, q.number("risk")?),
    }))
}

fn invitations(q: &Question) -> anyhow::Result<Value> {
    let ask = Ask {
        target: q.count("target")?,
        days: q.number("days")?,
        per_day: q.number("per_day")?,
        lag_days: 7.0,
        rate: Beta::new(q.number("alpha")?, q.number("beta")?),
        stars: q.five("stars")?,
        unasked_per_day: q.number("natural")?,
        bad: 1.0,
        certainty: q.number("certainty")?,
    };
    let Plan { verdict, most, certainty_at_most, gain, .. } = plan(&ask, &q.surface()?, &q.ratings()?);
    let (n, word) = match verdict {
        Verdict::Enough => (Some(0), "enough"),
        Verdict::FixFirst => (None, "fix"),
        Verdict::OutOfReach => (None, "far"),
        Verdict::Invite(n) => (Some(n), "invite"),
    };
    Ok(json!({"n": n, "verdict": word, "most": most, "at_most": certainty_at_most, "gain": gain}))
}

fn silent(q: &Question) -> anyhow::Result<Value> {
    let late = if q.0["late"].is_null() { None } else { Some(q.five("late")?) };
    let found = majority(&Asked {
        customers: q.number("customers")?,
        public: q.five("public")?,
        invited: q.number("invited")?,
        answers: q.five("answers")?,
        late,
        kappa: q.number("kappa")?,
    });
    let of = |i: Interval| [i.low, i.middle, i.high];
    Ok(json!({
        "sat_mar": of(found.satisfied), "sat_sensitivity": found.band, "sat_worst_case": found.worst_best,
        "response_rate": found.response, "sat_last_wave": found.last_wave.map(of), "visible_share": found.visible,
        "gap": of(found.gap), "silent_satisfied": of(found.silent), "polarity_ratio": of(found.polarity),
        "kappa_needed": found.kappa_needed,
    }))
}
