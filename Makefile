# Every recipe is a few lines; what needs more stands in .ci/.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:
export CGO_ENABLED := 0

TOOLS := $(CURDIR)/bin/tools
# Versions are pinned here and installed under their version's name, so that a
# new pin is a new file.
GOLANGCI := golangci-lint-v2.15.0
DEADCODE := deadcode-v0.52.0

# The commit stands in the program where git tells it.
VCS := $(shell git rev-parse --verify -q HEAD >/dev/null 2>&1 && echo true || echo false)
BUILD := go build -trimpath -buildvcs=$(VCS) -ldflags '-s -w'

# On a build machine nothing is taken from an earlier run.
COUNT := $(if $(filter true,$(CI)),-count=1)
FUZZTIME ?= 20s

# The last thing themes/assets.sh writes, and what it fetched it with.
ASSETS := themes/plain/assets/licenses/tslib.txt
FETCHED := themes/node_modules/.package-lock.json

.PHONY: help build assets demo test tools dist fuzz monotone race clean format vet lint sample unit

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

demo: build ## build the sample's site and signed packet, and say where they are
	@.ci/demo

test: tools format vet build lint sample unit ## run every check that CI runs; installs what is missing

build: assets ## build bin/proofpack
	$(BUILD) -o bin/proofpack ./cmd/proofpack

assets: $(FETCHED) $(ASSETS) ## fetch fonts and charting library by the lock file (needs npm)

$(FETCHED): themes/package.json themes/package-lock.json
	themes/assets.sh

$(ASSETS): themes/assets.sh themes/echarts.js $(FETCHED)
	themes/assets.sh

tools: $(TOOLS)/$(GOLANGCI) $(TOOLS)/$(DEADCODE) ## install what the tests need and this machine lacks
	@.ci/tools

$(TOOLS)/$(GOLANGCI):
	GOBIN=$(TOOLS) go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(GOLANGCI:golangci-lint-%=%)
	mv $(TOOLS)/golangci-lint $@

$(TOOLS)/$(DEADCODE):
	GOBIN=$(TOOLS) go install golang.org/x/tools/cmd/deadcode@$(DEADCODE:deadcode-%=%)
	mv $(TOOLS)/deadcode $@

dist: assets ## build for Linux, Windows and macOS, x86-64 and ARM, into dist/
	for os in linux windows darwin; do for arch in amd64 arm64; do \
		suffix=; [ $$os = windows ] && suffix=.exe; \
		GOOS=$$os GOARCH=$$arch $(BUILD) -o dist/proofpack-$$os-$$arch$$suffix ./cmd/proofpack; \
	done; done
	ls -l dist

fuzz: ## fuzz every reader and verifier, FUZZTIME (20s) each
	@for package in $$(go list ./...); do \
		for target in $$(go test -list '^Fuzz' $$package | grep '^Fuzz' || true); do \
			echo "$$package $$target"; \
			go test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) $$package; \
		done; \
	done

monotone: ## take every row, cell and column of scenarios and sample away in turn (hours)
	go test ./generator -run TestRemovingEvidence -every -timeout 24h -v

race: ## run the tests under the race detector (needs a C compiler)
	CGO_ENABLED=1 go test -race ./...

clean: ## remove what the other targets made; fetched packages stay
	rm -rf bin dist themes/plain/assets

# The steps of test, cheap ones first.

format: $(TOOLS)/$(GOLANGCI)
	$(TOOLS)/$(GOLANGCI) fmt --diff
	go mod tidy -diff

vet:
	go vet ./...

lint: $(TOOLS)/$(GOLANGCI) $(TOOLS)/$(DEADCODE)
	$(TOOLS)/$(GOLANGCI) run
	dead=$$($(TOOLS)/$(DEADCODE) -test ./...); [ -z "$$dead" ] || { echo "$$dead"; exit 1; }

sample: build
	@.ci/sample

unit:
	go test -timeout 20m $(COUNT) ./...
