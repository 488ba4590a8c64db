# make demo builds the commands, indexes the sample reports and asks them.
# make test sets up what the tests need and runs them all.

FUZZTIME ?= 60s
BENCH    ?= .
INDEX    ?= demo.index

# The race detector needs a C compiler; without one the tests run without it.
RACE := $(shell command -v "$$(go env CC)" >/dev/null 2>&1 && echo -race)

.PHONY: build demo test tools check bench eval fuzz generate clean

build:
	go build -o bin/ ./cmd/...

demo: build
	bin/index build samples/reports --index $(INDEX)
	bin/search 行政复议 --index $(INDEX)

test: check tools
	@test -n "$(RACE)" || echo "no C compiler: the tests run without the race detector"
	go test $(RACE) -timeout 20m ./...

# What some tests use beyond Go.
tools:
	@tools/install-test-tools.sh

check:
	@files=$$(gofmt -l .); test -z "$$files" || { echo "gofmt would change:"; echo "$$files"; exit 1; }
	go vet ./...
	go tool staticcheck ./...
	go mod tidy -diff

bench:
	go test -run '^$$' -bench '$(BENCH)' -benchmem ./...

# The accuracy of what is inferred, over the real texts in ../shared.
eval:
	go run ./cmd/eval --update

fuzz:
	@for p in $$(go list ./...); do \
		for f in $$(go test -list '^Fuzz' $$p | grep '^Fuzz'); do \
			echo "$$p $$f"; \
			go test -run '^$$' -fuzz "^$$f$$" -fuzztime $(FUZZTIME) $$p || exit 1; \
		done; \
	done

# Makes the embedded tables again out of the packages their heads name.
generate:
	go generate ./...

clean:
	rm -rf bin demo.index
