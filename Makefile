# make demo builds the commands, indexes the sample reports and asks them.
# make check is for every change: in a minute or two where the build cache is warm.
# make test is everything: it sets up what the tests need and runs them all.

FUZZTIME ?= 60s
BENCH    ?= .
SOAK     ?= 30m
INDEX    ?= demo.index

# The race detector needs a C compiler; without one the tests run without it.
RACE := $(shell command -v "$$(go env CC)" >/dev/null 2>&1 && echo -race)

.PHONY: build bin/bench demo static check test tools cluster test-opensearch bench readers load microbench fuzz-api soak eval fuzz generate clean

build:
	go build -o bin/ ./cmd/...

# bench/ is a module of its own, so that what it compares with is no part of the
# product.
bin/bench:
	cd bench && go build -o ../bin/ .

demo: build
	bin/index build samples/reports --index $(INDEX)
	bin/search 行政复议 --index $(INDEX)

static:
	@files=$$(gofmt -l .); test -z "$$files" || { echo "gofmt would change:"; echo "$$files"; exit 1; }
	go vet ./...
	go tool staticcheck ./...
	go mod tidy -diff
	cd bench && go vet ./... && "$$(go -C .. tool -n staticcheck)" ./... && go mod tidy -diff

# The tests that take long skip and say so, as -v shows.
check: static
	go test -short ./...

# Every test once, and those of check and the soak once more under the race
# detector, which takes five to ten times as long.
test: static tools
	@# The PDF reader is compiled once for all tests.
	go test -run '^TestSandboxStops$$' -count 1 ./internal/extract/pdf
	go test -timeout 20m ./...
	cd bench && go test ./...
	@test -n "$(RACE)" || echo "no C compiler: the tests are not run under the race detector"
	test -z "$(RACE)" || go test $(RACE) -short -timeout 20m ./...
	test -z "$(RACE)" || go test $(RACE) -run '^TestSoak$$' ./internal/engine
	test -z "$(RACE)" || { cd bench && go test $(RACE) -short ./...; }

# What some tests use beyond Go.
tools:
	@tools/install-test-tools.sh

# Three nodes of OpenSearch on this machine until they are interrupted, and how to
# ask them; in the background with make cluster &.
cluster: build
	go run ./tools/cluster

# What make test does over one node, and nodes of a cluster of three that end while
# questions are asked and an index is built.
test-opensearch:
	go test -v -timeout 20m ./internal/opensearch -faults

# This engine and others over half a million real passages in ../shared, and
# how it grows. It takes a quarter of an hour, which the machine should have to
# itself.
bench: build bin/bench
	@tools/install-bench-tools.sh
	bin/bench compare --fresh --out doc/bench.md
	bin/bench scale --out doc/bench.md
	bin/bench studies --out doc/bench.md
	tools/measure-readers.sh

# How fast files of each format are read, pages of PDF a minute, and how large the
# programs are; BASE=COMMIT compares their size with that of a commit.
readers:
	@tools/measure-readers.sh

# The service over the same passages: 64 clients for long enough to see whether
# memory is flat, slow ones, hostile ones, an export. It takes some five minutes.
load: build bin/bench
	bin/bench load --seconds 240 --out doc/bench.md

# Figures of the parts, for benchstat.
microbench:
	go test -run '^$$' -bench '$(BENCH)' -benchmem ./...

# Requests made of the description of the API, by schemathesis.
fuzz-api: build
	tools/schemathesis.sh

# What make test takes a part of: the oracle over 20,000 real passages, 200
# pairs of copies, 2,000 changes of the files of an index, every call to the system
# refused for every reason, 200 changes of what an index holds, 50 killed builds,
# every county, the pages in every way; and one index built, updated and searched
# at once for a long while.
soak:
	go test -run '^(TestOracleOverRealTexts|TestStudiesEqualReading|TestCopies)$$' ./internal/engine -sample 20000 -pairs 200
	go test -run '^TestMutations$$' -v -timeout 2h ./internal/engine -mutations 2000
	go test -run '^TestRefusedCalls$$' ./index -refuse-all
	go test -run '^(TestUpdatesEqualBuilds|TestKilledBuilds)$$' ./cmd/index -edits 200 -kills 50
	go test ./internal/infer ./internal/web -all
	go test $(RACE) -run '^TestSoak$$' -v -timeout 24h ./internal/engine -soak $(SOAK)

# The accuracy of what is inferred, and the ranking, over the real texts in
# ../shared: all of them, and the sample that make test looks at. What is kept is
# held to the program by go test ./cmd/eval -whole.
eval:
	go run ./cmd/eval --update
	go test -run '^TestSampleOfRetrieval$$' ./cmd/eval -update

# What is found is made smaller for a second at most: Go would take the whole time
# for the first.
fuzz:
	@for p in $$(go list ./...); do \
		for f in $$(go test -list '^Fuzz' $$p | grep '^Fuzz'); do \
			echo "$$p $$f"; \
			go test -run '^$$' -fuzz "^$$f$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 1s $$p || exit 1; \
		done; \
	done

# Makes the embedded tables again out of the packages their heads name.
generate:
	go generate ./...

clean:
	rm -rf bin demo.index
