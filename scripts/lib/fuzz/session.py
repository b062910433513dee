"""One run of one target: its folders below .deps/fuzz, libFuzzer's options, what its output says."""
import json
import os
import re
import resource
import subprocess
import time

from fuzz import seeds

STATUS = re.compile(r"^#(\d+)\s+\S+\s+cov: (\d+) ft: (\d+) corp: (\d+)")
KEPT = ("crash-", "leak-", "timeout-", "oom-", "slow-unit-")


class Session:
    def __init__(self, repo, target):
        self.repo, self.target = repo, target
        home = repo / ".deps/fuzz"
        self.corpus = home / "corpus" / target
        self.seeds = home / "seeds" / target
        self.crashes = home / "crashes" / target
        self.words = home / f"{target}.words"
        self.log = home / f"{target}.log"
        self.runs = home / "runs.jsonl"
        self.program = repo / "build/fuzz/tests/fuzz" / f"fuzz_{target}"

    def prepare(self, sample, chance):
        for folder in (self.corpus, self.seeds, self.crashes):
            folder.mkdir(parents=True, exist_ok=True)
        seeds.write(self.repo, self.target, self.seeds, self.words, sample, chance)

    def command(self, seconds, max_length, runs):
        folders = [self.corpus, self.seeds]
        invalid = self.repo / "testdata/invalid" / self.target
        if invalid.is_dir():
            folders.append(invalid)
        end = [f"-max_total_time={seconds}"] if runs is None else [f"-runs={runs}", "-seed=1"]
        return [str(self.program), *end, f"-max_len={max_length}", f"-dict={self.words}", f"-artifact_prefix={self.crashes}/",
                "-timeout=60", "-report_slow_units=60", "-rss_limit_mb=3072", "-print_final_stats=1", "-use_value_profile=0", *map(str, folders)]

    def kept(self):
        return {path.name for path in self.crashes.iterdir() if path.name.startswith(KEPT)}

    def run(self, seconds, max_length, runs):
        before, used = self.kept(), resource.getrusage(resource.RUSAGE_CHILDREN)
        begin = time.monotonic()
        result = {"target": self.target, "begun": time.strftime("%Y-%m-%dT%H:%M:%S"), "runs": 0, "edges": 0, "features": 0, "corpus": 0, "last_growth": 0.0}
        environment = dict(os.environ, ASAN_OPTIONS="malloc_context_size=6:detect_stack_use_after_return=0", UBSAN_OPTIONS="print_stacktrace=1:halt_on_error=1",
                           ASAN_SYMBOLIZER_PATH="/usr/lib/llvm-19/bin/llvm-symbolizer")
        with open(self.log, "w", encoding="utf-8") as log, subprocess.Popen(
                self.command(seconds, max_length, runs), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, errors="replace", env=environment) as running:
            for line in running.stderr:
                log.write(line)
                status = STATUS.match(line)
                if not status:
                    continue
                runs, edges, features, corpus = map(int, status.groups())
                if edges > result["edges"]:
                    result["last_growth"] = round(time.monotonic() - begin, 1)
                result.update(runs=runs, edges=edges, features=features, corpus=corpus)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        result.update(status=running.returncode, seconds=round(time.monotonic() - begin, 1),
                      cpu_seconds=round(after.ru_utime + after.ru_stime - used.ru_utime - used.ru_stime, 1), found=sorted(self.kept() - before))
        with open(self.runs, "a", encoding="utf-8") as runs:
            runs.write(json.dumps(result) + "\n")
        return result
