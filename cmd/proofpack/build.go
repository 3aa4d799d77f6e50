package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"proofpack/generator"
	"proofpack/generator/config"
	"proofpack/generator/diag"
	"proofpack/generator/evidence"
	"proofpack/generator/intake"
	"proofpack/generator/report"
	"proofpack/generator/seal"
	"proofpack/templates"
	"proofpack/themes"
)

// buildOptions are the options of build and check.
type buildOptions struct {
	month, asOf, out, archive, key, passphrase, maxRejected, paper, sources, reproduce string
	draft, allowMissing                                                                bool
}

func buildCommand(s *session) *command {
	o := &buildOptions{}
	return &command{
		name: "build", group: everyMonth,
		summary: "Build the site and the board packet for one month",
		usage:   []string{"build [--month YYYY-MM] [options]"},
		examples: []example{
			{"proofpack build", "the newest month of exports", false},
			{"proofpack build --month 2026-10", "build October 2026", true},
			{"proofpack build --draft", "unsigned, marked DRAFT on every page", false},
		},
		options: buildCommandOptions(o),
		after:   "A published month is never overwritten. To correct one, build again: the new packet\nis 2026-10.r2, and both packets stay listed on the archive page.",
		run:     func([]string) int { return s.build(o) },
	}
}

// buildCommandOptions are the options of build.
func buildCommandOptions(o *buildOptions) []option {
	return []option{
		{"", "month", "YYYY-MM", "month to report (default: the newest month of exports)", &o.month},
		{"", "as-of", "TIME", `treat TIME as "now" for ages (default: end of that month)`, &o.asOf},
		{"", "out", "DIR", "parent folder for packets (default: packets)", &o.out},
		{"", "archive", "DIR", "folder for the sealed archives, which hold raw exports (default: archive in DIR of --out)", &o.archive},
		{"", "key", "FILE", "signing key, PEM or PKCS#12 (default: from proofpack.yml)", &o.key},
		passphraseOption(&o.passphrase),
		{"", "draft", "", "build without a key; every page is marked DRAFT", &o.draft},
		{"", "allow-missing", "", "build even if a required export is absent; the report says so on page 1", &o.allowMissing},
		{"", "max-rejected", "PCT", "stop if an export loses more rows than this (default: 5)", &o.maxRejected},
		{"", "paper", "letter|a4", "paper for the packet (default: letter)", &o.paper},
		{"", "sources", "include|digest-only", "what the archive holds of the exports (default: include)", &o.sources},
		{"", "reproduce", "ARCHIVE", "build an archive again from what is in it, and compare every byte", &o.reproduce},
	}
}

// build builds a month and says what was found, where it is, what to do next.
func (s *session) build(o *buildOptions) int {
	if o.reproduce != "" {
		return s.verify([]string{o.reproduce}, &verifyOptions{rebuild: true, draft: true})
	}
	opts, problem := s.generatorOptions(o)
	if problem != nil {
		s.refuse(problem)
		return exitUsage
	}
	key, code := s.signingKey(o)
	if code != exitOK {
		return code
	}
	opts.Key, opts.Draft = key, key == nil
	opts.PseudonymKey = s.pseudonymKey
	opts.Each = s.reading(opts.Month)
	built, err := generator.Build(opts)
	if err != nil {
		return s.refused(err, opts.Month)
	}
	s.built(built, o)
	if built.Missing {
		return exitIncomplete
	}
	return exitOK
}

// generatorOptions are the options of the generator, with what it needs of the
// machine.
func (s *session) generatorOptions(o *buildOptions) (generator.Options, *diag.Problem) {
	out := o.out
	if out == "" {
		out = "packets"
	}
	opts := generator.Options{
		Dir: s.folder(), Config: s.configName(), Month: o.month, AsOf: o.asOf, Out: s.path(out), Paper: o.paper,
		AllowMissing: o.allowMissing, Tool: report.Tool{Name: "proofpack", Version: version, Commit: commit()}, Go: runtime.Version(), Command: o.line(),
		Templates: templates.FS, Themes: themes.FS, At: s.now(), Holder: s.holder(), Alive: seal.ProcessAlive, Sleep: time.Sleep,
	}
	if o.archive != "" {
		opts.Archive = s.path(o.archive)
	}
	if opts.Month == "" {
		opts.Month = s.newestMonth()
	}
	if o.paper != "" && o.paper != "letter" && o.paper != "a4" {
		return opts, diag.At(diag.Pos{}, "usage", fmt.Sprintf("--paper is letter or a4; %q was given.", o.paper), "")
	}
	switch o.sources {
	case "", "include":
	case "digest-only":
		opts.DigestOnly = true
	default:
		return opts, diag.At(diag.Pos{}, "usage", fmt.Sprintf("--sources is include or digest-only; %q was given.", o.sources), "")
	}
	if o.maxRejected != "" {
		percent, err := strconv.ParseFloat(strings.TrimSuffix(o.maxRejected, "%"), 64)
		if err != nil || percent < 0 || percent > 100 {
			return opts, diag.At(diag.Pos{}, "usage", fmt.Sprintf("--max-rejected is a percentage from 0 to 100; %q was given.", o.maxRejected), "")
		}
		opts.MaxRejected = &percent
	}
	return opts, nil
}

// line is how the program was called, without paths of this machine.
func (o *buildOptions) line() string {
	line := "proofpack build"
	if o.month != "" {
		line += " --month " + o.month
	}
	if o.asOf != "" {
		line += " --as-of " + o.asOf
	}
	if o.maxRejected != "" {
		line += " --max-rejected " + strings.TrimSpace(o.maxRejected)
	}
	if o.paper != "" {
		line += " --paper " + o.paper
	}
	for _, f := range []struct {
		on   bool
		name string
	}{{o.draft, " --draft"}, {o.allowMissing, " --allow-missing"}, {o.sources == "digest-only", " --sources digest-only"}} {
		if f.on {
			line += f.name
		}
	}
	return line
}

// folder is the folder of the configuration.
func (s *session) folder() string { return filepath.Dir(s.configFile()) }

func (s *session) configName() string { return filepath.Base(s.configFile()) }

func (s *session) holder() seal.Holder {
	host, err := os.Hostname()
	if err != nil {
		host = "unknown host"
	}
	return seal.Holder{Host: host, PID: os.Getpid(), Since: s.now().UTC().Truncate(time.Second)}
}

var monthFolder = regexp.MustCompile(`^\d{4}-(0[1-9]|1[0-2])$`)

// newestMonth is the newest month that the exports folder holds, or the last
// complete month where it holds none.
func (s *session) newestMonth() string {
	parent := filepath.Join(s.folder(), filepath.FromSlash(strings.TrimSuffix(config.DefaultExports, "{month}")))
	if data, err := os.ReadFile(s.configFile()); err == nil {
		if c, problems := config.Parse(s.configName(), data); len(problems) == 0 {
			before, _, _ := strings.Cut(c.Exports, "{month}")
			parent = filepath.Join(s.folder(), filepath.FromSlash(before))
		}
	}
	if entries, err := os.ReadDir(parent); err == nil {
		for _, e := range slices.Backward(entries) {
			if e.IsDir() && monthFolder.MatchString(e.Name()) {
				return e.Name()
			}
		}
	}
	now := s.now()
	return time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, time.UTC).AddDate(0, -1, 0).Format("2006-01")
}

// beside is a path of the configuration, seen from here.
func (s *session) beside(p string) string {
	if filepath.IsAbs(p) {
		return p
	}
	return filepath.Join(s.folder(), filepath.FromSlash(p))
}

// reading prints a line for each source.
func (s *session) reading(month string) func(intake.Reading) {
	first := true
	return func(r intake.Reading) {
		if first {
			s.say("Reading exports for %s", monthName(month))
			first = false
		}
		s.say("%s", readingLine(r))
	}
}

func monthName(month string) string {
	t, err := time.Parse("2006-01", month)
	if err != nil {
		return month
	}
	return t.Format("January 2006")
}

// readingLine is one source: what it is, where, how many rows.
func readingLine(r intake.Reading) string {
	what := r.DataSet
	if r.Status != intake.Read || what == "" {
		what = string(r.Status)
	}
	file := filepath.FromSlash(r.File)
	if r.Sheet != "" {
		file += fmt.Sprintf(" %q", r.Sheet)
	}
	line := fmt.Sprintf("  %-16s  %-50s", what, file)
	if r.Status != intake.Read || r.Input == nil {
		if r.LooksLike != "" {
			line += "  " + r.LooksLike
		}
		return strings.TrimRight(line, " ")
	}
	line += fmt.Sprintf("  %12s", rows(r.Input.Read))
	for _, n := range []struct {
		count int
		word  string
	}{{r.Input.Rejected, "rejected"}, {r.Input.Duplicate, "duplicate"}, {r.Input.SetAside, "set aside"}} {
		if n.count == 0 {
			continue
		}
		line += "  " + evidence.Whole(n.count) + " " + n.word
		if n.word == "rejected" {
			line += fmt.Sprintf(" (%.1f%%)", 100*float64(n.count)/float64(r.Input.Read))
		}
	}
	return line
}

func rows(n int) string { return evidence.Of(n, "row", "rows") }

func orWord(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// refused prints why nothing was built.
func (s *session) refused(err error, month string) int {
	var r *generator.Refused
	if !errors.As(err, &r) {
		return s.fail(err)
	}
	if r.Usage {
		s.refuse(r.Problems...)
		return exitUsage
	}
	all := causes(r.Problems)
	s.titles(all, r.Readings)
	fmt.Fprintf(s.stderr, "\nNot built: %s attention.\n\n", needing(r.Problems, len(all)))
	s.numbered(all)
	if absent(r.Problems) {
		fmt.Fprintf(s.stderr, "\nTo build anyway and have page 1 say what is absent: proofpack build --month %s --allow-missing\n", month)
	}
	s.answer(map[string]any{"sources": readingsJSON(r.Readings), "problems": asJSON(r.Problems)})
	return exitRefused
}

// needing counts what stops a build, by what it is: exports, or places of them
// that look like secrets.
func needing(problems []*diag.Problem, n int) string {
	one, more := "source needs", "sources need"
	if !slices.ContainsFunc(problems, func(p *diag.Problem) bool { return p.Code != "secret" }) {
		one, more = "possible secret needs", "possible secrets need"
	}
	return evidence.Of(n, one, more)
}

// titles say which source each cause is about.
func (s *session) titles(all []cause, readings []intake.Reading) {
	for i := range all {
		p := all[i].problems[0]
		for _, r := range readings {
			if r.File != p.File || r.DataSet == "" || p.Code == "too-many-rejected" { // which says it all itself
				continue
			}
			all[i].title = r.DataSet
			if r.Input != nil && r.Input.Rejected > 0 {
				all[i].title = fmt.Sprintf("%s: %s of %s rejected", r.DataSet, evidence.Whole(r.Input.Rejected), rows(r.Input.Read))
			}
		}
	}
}

func absent(problems []*diag.Problem) bool {
	return slices.ContainsFunc(problems, func(p *diag.Problem) bool { return p.Code == "record-alone" || p.Code == "not-found" })
}

// built prints the last block: what was found, where it is, what to do next.
func (s *session) built(b *generator.Built, o *buildOptions) {
	folder := filepath.Join(s.path(orWord(o.out, "packets")), b.Folder)
	s.say("Ranked %s and %s.\n", evidence.Of(len(b.Ranking.Services), "service", "services"), evidence.Of(len(b.Ranking.Systems), "system", "systems"))
	if !s.quiet && !s.json {
		wrap(s.stderr, "  ", "  ", b.Report.Headline.Plain())
	}
	signed := "Built and signed"
	if b.Report.Draft {
		signed = "Built"
	}
	tail := ""
	if !b.Report.Draft {
		tail = ", key " + b.Report.Signer.Fingerprint
	}
	s.say("\n%s %s   %d pages, %.1f MB%s", signed, folder, b.Pages, float64(b.Bytes)/1e6, tail)
	s.say("  site              %s", filepath.Join(folder, "index.html"))
	draft := ""
	if b.Report.Draft {
		draft = ", DRAFT, unsigned"
	}
	s.say("  board packet      %s   %d pages%s", filepath.Join(folder, "packet.pdf"), b.Sheets, draft)
	s.say("  workbook          %s", filepath.Join(folder, "evidence.xlsx"))
	s.say("  figures as data   %s", filepath.Join(folder, "report.json"))
	s.say("  sealed archive    %s", b.Archive)
	lost := 0
	for i := range b.Set.Inputs {
		lost += b.Set.Inputs[i].Rejected
	}
	if lost > 0 {
		s.say("  rejected rows     %s   %s, each with its reason", filepath.Join(folder, "rejected.csv"), rows(lost))
	}
	if !themes.Complete() {
		s.say("\n%s", themes.Advice)
	}
	if b.Report.Draft {
		next := b.Folder
		if o.out != "" { // open looks in the default folder of packets
			next = folder
		}
		s.say("\nNext: proofpack open %s", next)
	} else {
		s.say("\nNext: proofpack verify %s", folder)
	}
	if !s.json {
		fmt.Fprintln(s.stdout, folder)
	}
	s.answer(map[string]any{
		"packet": folder, "archive": b.Archive, "month": b.Report.Month, "revision": b.Revision, "draft": b.Report.Draft, "pages": b.Pages, "sheets": b.Sheets, "bytes": b.Bytes, "build": b.Report.BuildID,
		"headline": b.Report.Headline.Plain(), "incomplete": b.Missing, "sources": readingsJSON(b.Readings),
	})
}
