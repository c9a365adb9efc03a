# Guildhall: two commands matter on a fresh machine, `make demo` and `make test`; the others are for developers.

GO ?= go

.PHONY: help
help: ## say what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 20

.PHONY: demo
demo: build ## the main job on the sample workbooks, into out/
	./bin/guildhall demo --out out

.PHONY: test
test: prepare check ## all tests, in any order, with the race detector
	$(GO) test -race -shuffle=on -timeout 25m ./...

.PHONY: build
build: ## the guildhall command, in bin/
	$(GO) build -trimpath -o bin/guildhall ./infra/local

.PHONY: prepare
prepare: ## install what the tests need besides Go (a C compiler for the race detector, LibreOffice)
	@.ci/prepare

.PHONY: check
check: ## formatting, vet, staticcheck
	@unformatted=$$("$$($(GO) env GOROOT)/bin/gofmt" -l fixtures infra shared); test -z "$$unformatted" || { echo "not formatted: $$unformatted"; exit 1; }
	$(GO) vet ./...
	$(GO) tool staticcheck ./...

.PHONY: generate
generate: ## rewrite what is made from something else: golden files, docs/codes.md, the sample workbooks
	$(GO) run ./fixtures/generate
	$(GO) test ./... -update

.PHONY: bench
bench: ## rows per second and memory of reading, decoding, checking, storing, writing and annotating, to 500,000 rows
	$(GO) test -run '^$$' -bench Toolkit -timeout 30m ./shared/sheet
	$(GO) test -run '^$$' -bench 'Stages|Check' -benchtime 1x -timeout 30m ./shared/app

.PHONY: bench-peers
bench-peers: ## the same files through other libraries (needs Rust, Python and the registries), as a table
	@$(GO) run ./shared/sheet/peers

.PHONY: fuzz
fuzz: ## each fuzz target for a minute
	.ci/fuzz 60s

.PHONY: vuln
vuln: ## known vulnerabilities; needs the network to reach the database
	$(GO) run golang.org/x/vuln/cmd/govulncheck@latest ./...
