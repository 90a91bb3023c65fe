"""The Python side of `cargo xtask bench detection`: makes the streams, runs the reference detector and the rivals, scores.

How: generator, rivals, reference and scorer are not ours and are not changed; they are imported from the folder given
with --shared. What they make never changes for the same stream, so it is kept, one file a stream:

    NAME.jsonl NAME.truth.json   the stream and its truth
    NAME.rivals.jsonl            alarms of every rival, the rival named in "detector"
    NAME.reference.jsonl         alarms of the reference
    NAME.cost.json               events, and processor seconds of each

A file appears under its name only when it is whole. Commands:

    prepare    --shared S --out DIR --seeds 1,2 --streams low:3,high:1 [--params P] --jobs 2
    reference  --shared S --jobs 2 < list of stream files, one a line
    score      --shared S --out DIR --seeds … --streams … --ours FILE < nothing; prints one JSON object
"""
import argparse
import contextlib
import io
import json
import math
import multiprocessing
import os
import sys
import time
from collections import defaultdict

# What a rival's makers or papers give as its usual threshold, in the rival's own score. Those without one (their
# thresholds come from simulation) are only read at matched budgets.
USUAL = {
    "spike_all_mentions_root": 2.0, "spike_neg_root": 2.0, "spike_neg_allseg": 2.0,
    "zscore_neg_root": 3.0, "zscore_neg_allseg": 3.0,
    "ears_c1": 3.0, "ears_c2": 3.0, "ears_c3": 2.0,
    "adwin_share": -math.log10(0.002), "adwin_counts": -math.log10(0.002),
}
# In the order in which the rivals hand over what they found; see `timed_rivals`.
TIMED = ["spike_all_mentions_root", "spike_neg_root", "spike_neg_allseg", "zscore_neg_root", "zscore_neg_allseg",
         "ears_c1", "ears_c2", "ears_c3", "nbcusum_daily", "nbcusum_hourly", "focus_poisson", "focus_poisson_root",
         "kleinberg"]
BUDGETS = {"quarter": 1.0, "year": 0.25}
CELL = ("n", "recall", "earliness", "median_delay_h", "median_mentions", "place_exact", "onset_err_h", "jaccard",
        "coord_acc", "brier")


def whole(path, text):
    """Writes a file that is either not there or complete."""
    with open(path + ".part", "w", encoding="utf-8") as out:
        out.write(text)
    os.replace(path + ".part", path)


def wanted(arguments):
    """Every (tier, kind, index, seed) that was asked for."""
    import gen
    for seed in arguments.seeds.split(","):
        for part in arguments.streams.split(","):
            tier, count = part.split(":")
            for kind in gen.KINDS:
                for index in range(int(count)):
                    yield tier, kind, index, int(seed)


def name_of(tier, kind, index, seed):
    return f"{tier}-{kind}-{seed}-{index:04d}"


def timed_rivals(built):
    """All rivals on one brand, and processor seconds of each.

    They are one function, which calls `records` at the end of each rival; the time since the last call is this rival's.
    What comes before the first is work they share (bins by hour), what comes after the last is ADWIN, both of them."""
    import rivals
    seconds, mark = defaultdict(float), [time.process_time()]
    record, binned = rivals.records, rivals.binned

    def now_is(name):
        seconds[name] += time.process_time() - mark[0]
        mark[0] = time.process_time()

    def timed_binned(*given):
        found = binned(*given)
        now_is("bins (shared by the rivals)")
        return found

    calls = iter(TIMED)

    def timed_records(*given):
        found = record(*given)
        now_is(next(calls))
        return found

    rivals.records, rivals.binned = timed_records, timed_binned
    try:
        found = rivals.run_all(built)
    finally:
        rivals.records, rivals.binned = record, binned
    now_is("adwin (both)")
    return found, dict(seconds)


def reference_alarms(stream):
    """The reference's own program on one file: what it prints, and processor seconds, reading included."""
    import reference
    began, printed = time.process_time(), io.StringIO()
    sys.argv = ["reference.py", stream]
    with contextlib.redirect_stdout(printed):
        reference.main()
    return printed.getvalue(), time.process_time() - began


def prepare_one(task):
    folder, params, tier, kind, index, seed = task
    import gen
    name = name_of(tier, kind, index, seed)
    base = os.path.join(folder, name)
    if os.path.exists(base + ".cost.json"):
        return None
    built = gen.Gen(tier, kind, index, seed, gen.load_params(params)).build()
    built.write(folder)
    found, seconds = timed_rivals(built)
    lines = []
    for rival, records in found.items():
        usual = USUAL.get(rival)
        for at, score, segment in records:
            lines.append(json.dumps({"detector": rival, "stream": name, "t": gen.iso(at), "score": round(float(score), 5),
                                     "alarm": usual is not None and bool(score >= usual), "segment": segment}))
    whole(base + ".rivals.jsonl", "".join(line + "\n" for line in lines))
    printed, seconds["reference"] = reference_alarms(base + ".jsonl")
    whole(base + ".reference.jsonl", printed)
    whole(base + ".cost.json", json.dumps({"events": len(built.ev), "seconds": seconds}))
    return name


def reference_one(stream):
    base = stream.removesuffix(".jsonl")
    if not os.path.exists(base + ".reference.jsonl"):
        printed, seconds = reference_alarms(stream)
        whole(base + ".reference-cost.json", json.dumps({"reference": seconds}))
        whole(base + ".reference.jsonl", printed)
    return os.path.basename(base)


def all_of(work, tasks, jobs, what):
    """Does the tasks on several cores and says how far it is, on standard error."""
    began, done, said = time.monotonic(), 0, 0.0
    with multiprocessing.Pool(jobs) as pool:
        for _ in pool.imap_unordered(work, tasks):
            done += 1
            if time.monotonic() - said > 5 or done == len(tasks):
                said = time.monotonic()
                print(f"  {what}: {done} of {len(tasks)}, {said - began:.0f} s", file=sys.stderr, flush=True)


def prepare(arguments):
    os.makedirs(arguments.out, exist_ok=True)
    tasks = [(arguments.out, arguments.params, *one) for one in wanted(arguments)]
    missing = [t for t in tasks if not os.path.exists(os.path.join(arguments.out, name_of(*t[2:]) + ".cost.json"))]
    # the long ones first, so that no core waits for the other at the end
    missing.sort(key=lambda task: {"high": 0, "medium": 1}.get(task[2], 2))
    if missing:
        all_of(prepare_one, missing, arguments.jobs, "streams, rivals and reference (kept for next time)")


def reference_on_all(arguments):
    streams = [line.strip() for line in sys.stdin if line.strip()]
    missing = [s for s in streams if not os.path.exists(s.removesuffix(".jsonl") + ".reference.jsonl")]
    if missing:
        all_of(reference_one, missing, arguments.jobs, "reference (kept for next time)")


def read_alarms(path, into, default=None):
    import score
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                record = json.loads(line)
                record["t"] = score.H(record["t"])
                into[record.get("detector", default)][record["stream"]].append(record)


def judged(truths, records, threshold, flagged):
    """One class at one reading: the row of all, and one of each kind."""
    import score
    labelled = {k: score.label(truths[k], records.get(k, [])) for k in truths}
    if flagged:
        labelled = {k: [one for one in v if one[3].get("alarm")] for k, v in labelled.items()}
        limit = -1e18
    else:
        limit = score.match(labelled, truths, threshold)
    campaigns = score.evaluate(labelled, truths, limit, flagged)
    found = score.summarise(campaigns)
    kinds = {k.split("/")[1]: {c: v[c] for c in CELL} for k, v in found.items() if "/" in k}
    row = {c: found["all"][c] for c in CELL} if "all" in found else {}
    row.update(score=found["SCORE"], false_per_quarter=score.far(labelled, truths, limit),
               quarters=sum(score.quarters(truths[k]) for k in truths), kinds=kinds)
    return row, [50 * (campaign["hit"] + campaign["early"]) for campaign in campaigns]


def ahead(ours, theirs):
    """By how many points of SCORE we are ahead on the same campaigns, with a 90 % bootstrap interval (thresholds fixed)."""
    import numpy
    difference = numpy.subtract(ours, theirs)
    drawn = numpy.random.default_rng(1).integers(0, len(difference), (4000, len(difference)))
    low, high = numpy.quantile(difference[drawn].mean(1), [0.05, 0.95])
    return [float(difference.mean()), float(low), float(high)]


def score_all(arguments):
    import score
    truths, alarms, cost = defaultdict(dict), defaultdict(lambda: defaultdict(list)), defaultdict(lambda: defaultdict(float))
    for tier, kind, index, seed in wanted(arguments):
        name = name_of(tier, kind, index, seed)
        base = os.path.join(arguments.out, name)
        with open(base + ".truth.json", encoding="utf-8") as file:
            truth = json.load(file)
        truth["h0"], truth["h1"] = score.H(truth["eval_from"]), score.H(truth["end"])
        for campaign in truth["campaigns"]:
            campaign["on"], campaign["off"] = score.H(campaign["onset"]), score.H(campaign["end"])
            campaign["seen"] = sorted(score.H(at) for at in campaign["event_seen"])
        truths[tier][name] = truth
        read_alarms(base + ".rivals.jsonl", alarms)
        read_alarms(base + ".reference.jsonl", alarms, "reference")
        with open(base + ".cost.json", encoding="utf-8") as file:
            spent = json.load(file)
        cost[tier]["events"] += spent["events"]
        for who, seconds in spent["seconds"].items():
            cost[tier][who] += seconds
    if arguments.ours:
        alarms["ours"] = defaultdict(list)
        read_alarms(arguments.ours, alarms, "ours")
    rows, points = defaultdict(lambda: defaultdict(dict)), {}
    for detector, records in alarms.items():
        for tier, those in truths.items():
            readings = [(reading, budget, False) for reading, budget in BUDGETS.items()]
            if detector in USUAL or detector in ("ours", "reference"):
                readings.append(("as_is", 0.0, True))
            for reading, budget, flagged in readings:
                row, points[tier, detector, reading] = judged(those, records, budget, flagged)
                rows[tier][detector][reading] = row
    for (tier, detector, reading), theirs in points.items():
        ours = points.get((tier, "ours", reading))
        if ours and detector != "ours":
            rows[tier][detector][reading]["ours_ahead"] = ahead(ours, theirs)
    print(json.dumps({"rows": rows, "cost": cost}))


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("command", choices=["prepare", "reference", "score"])
    arguments.add_argument("--shared", required=True)
    arguments.add_argument("--out")
    arguments.add_argument("--seeds", default="1")
    arguments.add_argument("--streams", default="low:3")
    arguments.add_argument("--params")
    arguments.add_argument("--ours")
    arguments.add_argument("--jobs", type=int, default=2)
    arguments = arguments.parse_args()
    sys.dont_write_bytecode = True
    sys.path.insert(0, arguments.shared)
    {"prepare": prepare, "reference": reference_on_all, "score": score_all}[arguments.command](arguments)


if __name__ == "__main__":
    main()
