# Guildhall: two commands matter on a fresh machine, `make demo` and `make test`; the others are for developers.

GO ?= go

.PHONY: help
help: ## say what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 20

.PHONY: demo
demo: build ## the main job on the sample workbooks, into out/
	./bin/guildhall demo --out out

.PHONY: run
run: build ## the product in a browser, at the address that it prints; who tries it chooses one of the sample people
	./bin/guildhall serve --data data

.PHONY: test
test: prepare check lint-template ## all tests, in any order, with the race detector
	$(GO) test -race -shuffle=on -timeout 25m ./...

.PHONY: test-localstack
test-localstack: ## the drivers of blobs and queues on LocalStack too (needs Python 3.13)
	@GO="$(GO)" infra/localstack/test

.PHONY: build
build: ## the guildhall command, in bin/
	$(GO) build -trimpath -o bin/guildhall ./infra/local

# What `sam build` calls for each function; ARTIFACTS_DIR is where the function's archive is put together. SAM doesn't say for which
# architecture: LAMBDA_ARCH must say what the template's parameter says (arm64 or x86_64).
LAMBDA_ARCH ?= arm64
FUNCTIONS = ApiFunction CheckFunction CommitFunction ExportFunction SummaryFunction DeliverFunction BounceFunction

.PHONY: $(FUNCTIONS:%=build-%)
build-ApiFunction: FUNCTION = api
build-CheckFunction: FUNCTION = check
build-CommitFunction: FUNCTION = commit
build-ExportFunction: FUNCTION = export
build-SummaryFunction: FUNCTION = summary
build-DeliverFunction: FUNCTION = deliver
build-BounceFunction: FUNCTION = bounce
$(FUNCTIONS:%=build-%):
	CGO_ENABLED=0 GOOS=linux GOARCH=$(LAMBDA_ARCH:x86_64=amd64) $(GO) build -trimpath -buildvcs=false -tags lambda.norpc -ldflags '-s -w -buildid=' \
		-o $(ARTIFACTS_DIR)/bootstrap ./functions/$(FUNCTION)

.PHONY: stack
stack: ## the template on an emulated AWS of this machine, and an upload followed through it
	@infra/ministack/install && infra/sam/install
	$(GO) test -count=1 -v ./infra/stack

.PHONY: localstack
localstack: ## the template on LocalStack (needs Docker; stack needs none)
	@infra/localstack/up

.PHONY: lint-template
lint-template: ## what is wrong with template.yaml: SAM's, CloudFormation's and the policy scanner's word
	@infra/sam/install && infra/sam/lint

.PHONY: prepare
prepare: ## install what the tests need besides Go (a C compiler, LibreOffice, Java, Python, and in .tools emulators and linters of AWS)
	@.ci/prepare

.PHONY: check
check: ## formatting, generated pages, go.mod, vet, staticcheck
	@unformatted=$$("$$($(GO) env GOROOT)/bin/gofmt" -l fixtures functions infra shared); test -z "$$unformatted" || { echo "not formatted: $$unformatted"; exit 1; }
	@before=$$(find shared/letter shared/pages shared/privacy -name '*_templ.go' | sort | xargs cat | sha256sum); \
		for path in shared/letter shared/pages shared/privacy; do $(GO) tool templ generate -path $$path -log-level warn; done; \
		test "$$before" = "$$(find shared/letter shared/pages shared/privacy -name '*_templ.go' | sort | xargs cat | sha256sum)" || { echo "the Go of letters, pages and copies was not that of their templates; now it is"; exit 1; }
	$(GO) mod tidy -diff
	$(GO) vet ./...
	$(GO) vet -tags load ./shared/app/assembly
	$(GO) tool staticcheck ./...

.PHONY: generate
generate: ## rewrite what is made from something else: golden files, docs/codes.md, the sample workbooks
	$(GO) run ./fixtures/generate
	$(GO) test ./... -update

.PHONY: gallery
gallery: ## the pictures of docs/gallery: every page at two widths and in three languages
	$(GO) test -count=1 -timeout 20m -run TestTheGallery ./infra/gallery -args -pictures

.PHONY: letters
letters: ## the pictures of docs/letters: every letter at two widths and in three languages
	$(GO) test -count=1 -run TestThePictures ./shared/letter -args -pictures

.PHONY: bench
bench: ## rows per second and memory of reading, decoding, checking, storing, writing and annotating, to 500,000 rows; the fund of 1,000 donors
	$(GO) test -run '^$$' -bench Toolkit -timeout 30m ./shared/sheet
	$(GO) test -run '^$$' -bench 'Stages|Check|Fund|Backup' -benchtime 1x -timeout 30m ./shared/app
	$(GO) test -run '^$$' -bench . -benchtime 1x ./shared/trust

.PHONY: bench-people
bench-people: ## 50 people who read, bring sheets and have them committed for a minute
	$(GO) test -run '^$$' -bench People -benchtime 1x ./shared/app/server

.PHONY: histories
histories: ## 400 histories of each subject on bbolt and 20 on DynamoDB Local, each held to an order that explains its answers
	@infra/dynamodb-local/install
	$(GO) test -count=1 -v -timeout 60m -run WhatProcesses ./infra/histories -args -seeds 400

.PHONY: grown
grown: ## stores grown to a million records: how long a start, a check of 10,000 rows and each page take (about 20 minutes)
	$(GO) test -v -run '^$$' -bench Grown -benchtime 1x -timeout 60m ./infra/gallery -args -drawn $(CURDIR)/docs/pictures/grown.svg

.PHONY: load
load: build ## sheets of 100,000 and 500,000 rows are stored by the served product while 20 people work: throughput, latency, memory, refusals
	for rows in 100000 500000; do \
		$(GO) test -count=1 -v -timeout 60m -run TestPeopleWork ./infra/load -args -program $(CURDIR)/bin/guildhall -rows $$rows -people 20 || exit 1; done

.PHONY: load-functions
load-functions: ## 100,000 rows through check and commit, as functions of 512 MiB that end after a minute, on DynamoDB Local
	@infra/dynamodb-local/install
	$(GO) test -tags load -run ALargeWorkbook -count=1 -v -timeout 20m ./shared/app/assembly

.PHONY: faults
faults: ## every play of docs/faults.md with every fault on every engine, with its figures; the served product is killed 120 times
	@infra/dynamodb-local/install
	$(GO) test -count=1 -v -timeout 90m ./infra/faults -args -every -large 8 -kills 120

.PHONY: bench-peers
bench-peers: ## the same files through other libraries (needs Rust, Python and the registries), as a table
	@$(GO) run ./shared/sheet/peers

.PHONY: fuzz
fuzz: ## each fuzz target for two minutes, one after the other: what it tried, and what it found (the targets are in docs/hostile-files.md)
	@.ci/fuzz 120s

# A version that builds with this Go; a copy of the database is given as VULNDB=file:///….
VULNDB ?= https://vuln.go.dev

.PHONY: vuln
vuln: ## known vulnerabilities in what the code calls; needs the network to reach the database
	$(GO) run golang.org/x/vuln/cmd/govulncheck@v1.1.4 -db $(VULNDB) ./...
