"""Holds the cushion's formulas beside another implementation (cushion.py), on random and on awkward inputs.

    compare.py --oracle FOLDER --formulas PROGRAM --timon PROGRAM [--inputs N] [--reports N] [--seed N]

What is computed must be equal to 1e-9; what the other side draws must agree within its own chance. Prints the largest
difference of every field and ends with 1 when one is too large.
"""
import argparse, json, math, random, subprocess, sys

A = argparse.ArgumentParser()
A.add_argument("--oracle", required=True)
A.add_argument("--formulas", required=True)
A.add_argument("--timon", required=True)
A.add_argument("--inputs", type=int, default=20000)
A.add_argument("--reports", type=int, default=1000)
A.add_argument("--seed", type=int, default=1)
A.add_argument("--only", choices=("exact", "drawn", "reports"))
A = A.parse_args()
sys.path.insert(0, A.oracle)
import numpy as np
import cushion as C

R = random.Random(A.seed)
SHOWN = ("google", "trustpilot", "yelp", "play", "perceived")
DRAWS = 40000


def reviews(surface, most=120):
    """Random ratings; empty, future, half-way and all-alike ones among them."""
    best = 10 if surface == "booking" else 5
    kind = R.random()
    n = R.choice((0, 1, 2)) if kind < .1 else R.randint(0, most)
    ages = lambda: R.choice((0, 1, 365, 730, 1095, -3.5)) if kind < .25 else R.uniform(0, 1200)
    if kind > .95: return [(ages(), R.randint(1, best))] * n
    weights = [R.random() ** 2 + .02 for _ in range(best)]
    if R.random() < .6: weights[-1] += 3
    return [(ages(), R.choices(range(1, best + 1), weights)[0]) for _ in range(n)]


def five(most): return [R.choice((0, R.randint(0, most))) for _ in range(5)]
def posterior(most): return [x + .2 for x in five(most)]
def finite(x): return None if x is None or x == math.inf else x


def tier_runway(rs, S):
    """The same question where age decides by tiers: the oracle's runway does not know them, its K_tiers does."""
    k0 = C.K_tiers(rs, S)
    if k0 == 0: return 0
    for d in range(1, 731):
        if C.K_tiers([(a + d, r) for a, r in rs], S) <= .5 * k0: return d
    return None


def half_step(S):
    q = S["q"]; m = R.choice((R.uniform(0, 10), R.randint(2, 200) * q / 2))
    return m


def surface(tiers=False):
    name = "booking" if tiers else R.choice(SHOWN); S = C.SURFACES[name]; rs = reviews(name)
    theta = S["theta"] if tiers or R.random() < .7 else R.choice((2.0, 2.5, 3.0, 3.5, 4.5))
    S = dict(S, theta=theta); now = R.choice((0.0, 7.0, R.uniform(0, 400))); bad = R.choice((1.0, 1.0, 1.0, 2.0, 3.0, 4.0, 5.0))
    mean = half_step(S); q = dict(f="surface", surface=name, theta=theta, reviews=rs, now=now, bad=bad, mean=mean)
    k = C.K_tiers(rs, S, bad) if tiers else C.K_average(rs, S, bad)
    if tiers: runway = tier_runway(rs, S)
    elif 1.0 >= C.tau(theta, S["q"]): runway = None
    else: runway = C.runway(rs, S)
    return q, dict(tau=C.tau(theta, S["q"]), slack=C.slack(rs, S, now), k=finite(k), displayed=C.displayed(mean, S["q"]), runway=runway)


def last_n():
    recent = [R.random() < R.choice((.05, .2, .5)) for _ in range(R.choice((0, 3, 10, 30)))]
    mean = R.choice((0, R.uniform(0, 8))); pm = [float(x) for x in C.nb_pmf(mean, .3, int(mean * 4 + 30))]
    N = R.choice((5, 10, 10, 20)); share = R.choice((.2, .4, .6, 1.0)); qn = R.choice((0, .1, R.random() * .6)); k = R.randint(0, 25); al = R.choice((.05, .1, .5))
    q = dict(f="last_n", recent=recent, arrivals=pm, shown=N, share=share, negative_share=qn, angry=k, risk=al)
    return q, dict(p=C.P_lastN(recent, k, pm, N, share, qn), k=finite(C.K_lastN(recent, pm, N, share, qn, al, kmax=60)))


def share():
    tot = R.choice((0, R.randint(0, 400))); neg = R.randint(0, tot); th = R.choice((.2, .3, .4, .5, .25))
    return dict(f="share", negative=neg, all=tot, share=th), C.K_share(neg, tot, th)


def first_page():
    s = [R.choice((-1, 0, 1)) for _ in range(R.randint(1, 10))]; th = R.choice((.1, .25, .5, .9))
    neg, k = C.first_page(s, th)
    return dict(f="first_page", negative=[x < 0 for x in s], share=th), [neg, finite(k)]


def wilson():
    n = R.choice((0, 1, R.randint(0, 3000))); k = R.choice((0, n, R.randint(0, n)))
    return dict(f="wilson", hits=k, n=n), list(C.wilson(k, n))


def hajek():
    n = R.choice((0, 1, R.randint(0, 60))); y = [float(R.random() < .8) for _ in range(n)]; p = [R.choice((.001, .5, 1.0, R.random())) for _ in range(n)]
    return dict(f="hajek", y=y, p=p), C.hajek(y, p)


def stratified():
    n = R.randint(1, 8); ans = [R.choice((0, R.randint(0, 90))) for _ in range(n)]; hits = [R.randint(0, a) for a in ans]; N = [R.randint(1, 4000) for _ in range(n)]
    return dict(f="stratified", people=N, hits=hits, answers=ans), C.stratified(N, hits, ans)


def fragility():
    k = R.choice((0, R.randint(0, 200))); w = R.choice((0, R.random(), R.uniform(0, 40))); f = C.fragility(k, w)
    return dict(f="fragility", k10=k, weekly=w), dict(level=f["level"], bad_week=f["bad_week"])


def severity():
    x = R.choice((0, R.uniform(0, 60))); k = R.randint(0, 60); s = C.severity(x, k)
    return dict(f="severity", projected=x, k10=k), [s["pressure"], s["level"]]


def pmf():
    m = R.choice((0, R.uniform(0, 60))); d = R.choice((.3, .5, .01)); n = R.randint(0, 300)
    return dict(f="pmf", mean=m, dispersion=d, n=n), [float(x) for x in C.nb_pmf(m, d, n)]


def hyper_tail():
    M = R.randint(1, 600); k = R.randint(0, M); N = R.randint(1, 20); c = R.randint(1, min(N, M) + 1)
    return dict(f="hyper_tail", all=M, marked=k, shown=N, least=c), C.hyper_tail(M, k, N, c)


def week():
    name = R.choice(SHOWN); rs = reviews(name); stars = posterior(40); mean = R.choice((0, R.uniform(0, 3), R.uniform(0, 60)))
    q = dict(f="week", surface=name, reviews=rs, weekly=mean, stars=stars)
    return q, list(C.K_distribution(rs, C.SURFACES[name], mean, stars, draws=8000, seed=R.randint(1, 10 ** 6)))


def plan(draws=DRAWS):
    name = R.choice(SHOWN); rs = reviews(name); stars = posterior(40); a, b = R.uniform(2, 60), R.uniform(20, 600)
    q = dict(f="plan", surface=name, reviews=rs, target=R.randint(1, 40), days=R.choice((5, 30, 60, 120)), per_day=R.choice((0, 1, 5, 20)),
             alpha=a, beta=b, stars=stars, natural=R.choice((0.0, .07, 1.0)), certainty=R.choice((.5, .8, .95)))
    call = lambda seed: C.invitations(q["target"], rs, C.SURFACES[name], stars, (a, b), q["days"], q["per_day"], prob=q["certainty"], draws=draws, seed=seed, natural_per_day=q["natural"])
    x, y = call(1), call(1001)
    return q, (x, y)


def majority():
    ans = five(80); inv = sum(ans) + R.randint(0, 400); late = R.choice((None, [R.randint(0, a) for a in ans]))
    q = dict(f="majority", customers=inv + R.randint(0, 3000), public=five(60), invited=inv, answers=ans, late=late, kappa=R.choice((2.0, 3.0)))
    call = lambda seed: C.silent_majority(q["customers"], q["public"], inv, ans, q["kappa"], draws=200000, seed=seed, late=late)
    return q, (call(1), call(2))


def flat(x, path=""):
    if isinstance(x, dict):
        for k, v in sorted(x.items()): yield from flat(v, f"{path}.{k}")
    elif isinstance(x, (list, tuple)):
        for v in x: yield from flat(v, path)
    else: yield path, x


def difference(a, b):
    if a is None or b is None or isinstance(a, str): return 0.0 if a == b else math.inf
    return abs(a - b) / max(1.0, abs(b))


def ask(questions):
    out = subprocess.run([A.formulas], input="".join(json.dumps(q) + "\n" for q in questions), capture_output=True, text=True, check=True).stdout
    return [json.loads(line) for line in out.splitlines()]


WORST, FAULTS = {}, []
def note(field, value, limit, what=None):
    n, w, _ = WORST.get(field, (0, 0.0, limit)); WORST[field] = (n + 1, max(w, value), limit)
    if not value <= limit and len(FAULTS) < 20: FAULTS.append((field, value, what))


def exact():
    kinds = dict(surface=surface, tiers=lambda: surface(True), last_n=last_n, share=share, first_page=first_page, wilson=wilson, hajek=hajek,
                 stratified=stratified, fragility=fragility, severity=severity, pmf=pmf, hyper_tail=hyper_tail)
    for name, kind in kinds.items():
        n = A.inputs if name not in ("tiers", "last_n", "pmf") else max(A.inputs // 20, 1)
        pairs = [kind() for _ in range(n)]
        for (q, theirs), ours in zip(pairs, ask([q for q, _ in pairs])):
            if name == "severity": theirs, ours = theirs, [round(ours[0], 2), ours[1]]
            if name == "last_n" and ours["k"] is not None and ours["k"] > 60: ours["k"] = None
            for (path, a), (_, b) in zip(flat(ours), flat(theirs)): note(name + path, difference(a, b), 1e-9, q)


def drawn():
    pairs = [week() for _ in range(max(A.inputs // 100, 1))]; off = 0; steps = []
    for (q, theirs), ours in zip(pairs, ask([q for q, _ in pairs])):
        spread = max(1.0, .03 * max(abs(theirs[0] - theirs[1]), 1)) + .01 * abs(theirs[0])
        for a, b in zip(ours, theirs): off += a != b; steps.append(abs(a - b)); note("week (in cushions)", abs(a - b) / spread, 1.0, q)
    print(f"week: {off} of {2 * len(pairs)} quantiles differ, by {max(steps)} at most (the other side draws 8,000)")
    pairs = [plan() for _ in range(max(A.inputs // 200, 1))]; rel = []
    for (q, (x, y)), ours in zip(pairs, ask([q for q, _ in pairs])):
        note("plan.gain", difference(ours["gain"], x["gain_per_review"]), 1e-9, q); note("plan.most", difference(ours["most"], x["max_n"]), 1e-9, q)
        word = "enough" if x["n"] == 0 else "invite" if x["n"] else "fix" if x["gain_per_review"] <= 0 else "far"
        border = x["n"] != y["n"] and (x["n"] in (0, None) or y["n"] in (0, None))
        if not border: note("plan.verdict", 0.0 if word == ours["verdict"] or abs((ours["n"] or 0) - (x["n"] or 0)) <= 1 else math.inf, 0, (q, x, ours))
        if x["n"] and y["n"] and ours["n"]:
            rel.append(abs(ours["n"] - x["n"]) / x["n"]); noise = 3 * abs(x["n"] - y["n"]) / x["n"] + .04 + 2 / x["n"]
            note("plan.n (relative, over noise)", rel[-1] / noise, 1.0, (q, x, y, ours))
        if x["p_at_max"] is not None and ours["at_most"] is not None: note("plan.p_at_max", abs(ours["at_most"] - x["p_at_max"]), .03, (q, x, ours))
    if rel: print(f"plan: n differs by {100 * sum(rel) / len(rel):.2f} % on average, {100 * max(rel):.1f} % at most (the other side draws {DRAWS:,})")
    pairs = [majority() for _ in range(max(A.inputs // 200, 1))]
    for (q, (x, y)), ours in zip(pairs, ask([q for q, _ in pairs])):
        note("majority.last wave told", 0.0 if ("sat_last_wave" in x) == (ours["sat_last_wave"] is not None) else math.inf, 0, q)
        for field, theirs in x.items():
            for (a, b, c) in zip(*(list(v if isinstance(v, (list, tuple)) else [v]) for v in (ours[field], theirs, y[field]))):
                if field in ("sat_worst_case", "visible_share"): note("majority." + field, abs(a - b), 5.1e-5, q)   # printed with four digits
                elif field == "response_rate": note("majority." + field, abs(a - b), 1e-9, q)
                elif field in ("polarity_ratio", "kappa_needed"):   # the second is printed with two digits
                    note("majority." + field, max(abs(a - b) - .0051, 0) / max(abs(b), .01), .05 + 3 * abs(b - c) / max(abs(b), .01), (q, x))
                elif field == "silent_satisfied": note("majority." + field, abs(a - b) / max(q["customers"], 1), .004, q)
                else: note("majority." + field, abs(a - b), .004, (q, x))


def reports():
    """The program itself, and its habit: arrivals and stars of the last year, as documented."""
    steps = []
    for _ in range(A.reports):
        name = R.choice(SHOWN + ("booking",)); S = C.SURFACES[name]; rs = reviews(name)
        lines = "".join(json.dumps(dict(stars=r, age_days=a)) + "\n" for a, r in rs)
        ours = json.loads(subprocess.run([A.timon, "cushion", "--surface", name], input=lines, capture_output=True, text=True, check=True).stdout)
        assert list(ours) == ["surface", "n", "mean", "displayed", "tau", "slack", "k", "k_median", "k10", "runway_days", "fragility"], ours
        oldest = max([a for a, _ in rs] + [0]); window = min(max(oldest, 28), 365); near = [r for a, r in rs if a <= window]
        stars = [.2 + sum(min(r, 5) == g for r in near) for g in range(1, 6)]; weekly = len(near) / (window / 7); negative = sum(r <= 2 for r in near) / (window / 7)
        tiers = name == "booking"; k = C.K_tiers(rs, S) if tiers else C.K_average(rs, S)
        exactly = dict(surface=name, n=len(rs), tau=C.tau(S["theta"], S["q"]), slack=C.slack(rs, S), k=finite(k), runway_days=tier_runway(rs, S) if tiers else C.runway(rs, S),
                       fragility=C.fragility(ours["k10"], negative)["level"])
        if not tiers:
            w = [C.weight(a, S.get("half_life")) for a, _ in rs]; m, c = S["prior"]
            if c + sum(w) > 0:
                mean = (c * m + sum(x * r for x, (_, r) in zip(w, rs))) / (c + sum(w)); exactly.update(mean=mean, displayed=C.displayed(mean, S["q"]))
            med, k10 = C.K_distribution(rs, S, weekly, stars, draws=8000)
            for a, b in ((ours["k_median"], med), (ours["k10"], k10)): steps.append(abs(a - b)); note("report.k_median, k10 (in cushions)", abs(a - b), 1.0, rs)
        for field, b in exactly.items(): note("report." + field, difference(ours[field], b), 1e-9, (field, ours, b))
    if steps: print(f"report: {sum(s > 0 for s in steps)} of {len(steps)} medians and K10 differ, by {max(steps)} at most")


for part in (exact, drawn, reports):
    if A.only in (None, part.__name__): part()
print(f"{'field':<42}{'inputs':>9}{'largest difference':>20}{'allowed':>12}")
for field, (n, worst, limit) in WORST.items(): print(f"{field:<42}{n:>9}{worst:>20.3g}{limit:>12.3g}")
for fault in FAULTS: print("TOO FAR:", fault[0], fault[1], str(fault[2:])[-1200:])
sys.exit(1 if FAULTS else 0)
