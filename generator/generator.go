package generator

import (
	"errors"
	"fmt"
	"io/fs"

	"proofpack/generator/assess"
	"proofpack/generator/config"
	"proofpack/generator/evidence"
	"proofpack/generator/explore"
	"proofpack/generator/graph"
	"proofpack/generator/history"
	"proofpack/generator/intake"
	"proofpack/generator/packet"
	"proofpack/generator/publish"
	"proofpack/generator/rank"
	"proofpack/generator/report"
	"proofpack/generator/seal"
	"proofpack/generator/sign"
	"proofpack/generator/site"
	"proofpack/generator/workbook"
)

// A Checked is what the exports of a month hold; nothing was written.
type Checked struct {
	Config   *config.Config
	Exports  string // folder they were taken from
	Set      *evidence.Set
	Readings []intake.Reading
}

// Check reads the exports of a month and says what each is, what is undecided
// and what is refused. Problems are in a *Refused, every one of every file.
func Check(o Options) (_ *Checked, err error) {
	in, err := read(&o)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, in.close()) }()
	if len(in.problems) > 0 {
		return nil, &Refused{Month: o.Month, Readings: in.readings, Problems: in.problems}
	}
	if _, secrets := in.publishPolicy(nil); len(secrets) > 0 {
		return nil, &Refused{Month: o.Month, Readings: in.readings, Problems: secrets}
	}
	return &Checked{Config: in.config, Exports: in.exports, Set: in.set, Readings: in.readings}, nil
}

// accepted is the month as read, what of it may be published, and the months
// before it. A month with a problem is none: the error is a *Refused.
func (o *Options) accepted() (_ *input, _ *publish.Policy, _ *history.Past, err error) {
	in, err := read(o)
	if err != nil {
		return nil, nil, nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, in.close())
		}
	}()
	if len(in.problems) > 0 {
		return nil, nil, nil, &Refused{Month: o.Month, Readings: in.readings, Problems: in.problems}
	}
	key, err := o.pseudonymKey(in.config)
	if err != nil {
		return nil, nil, nil, err
	}
	policy, secrets := in.publishPolicy(key)
	if len(secrets) > 0 {
		return nil, nil, nil, &Refused{Month: o.Month, Readings: in.readings, Problems: secrets}
	}
	past, err := o.past(in, policy)
	return in, policy, past, err
}

// A Built is what was published.
type Built struct {
	seal.Result
	Report   *report.Report
	Config   *config.Config
	Set      *evidence.Set
	Ranking  *rank.Ranking
	Readings []intake.Reading
	Pages    int  // of the site
	Sheets   int  // of the packet
	Missing  bool // a required export was absent, or rows were rejected: the caller's exit code says so
	Notes    []string
}

// Build reads the exports, judges them, writes the report and publishes it:
// site, packet, report.json and archive, all at once or nothing.
func Build(o Options) (_ *Built, err error) {
	in, policy, past, err := o.accepted()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, in.close()) }()

	judged := &assess.Input{Set: in.set, Graph: graph.New(in.set), Policy: in.config.Policy}
	result := assess.Assess(judged)
	if len(result.Faults) > 0 {
		return nil, fmt.Errorf("assess: %s", result.Faults[0])
	}
	ranking := rank.Rank(judged, result)
	past.Reached(history.Record(o.Month, o.Tool.Version, judged, result, ranking, policy))

	rep := report.New(o.reportInput(in, policy, past, judged, result, ranking))
	theme, err := o.theme(in.config.Theme)
	if err != nil {
		return nil, err
	}
	fonts, err := packetFonts(theme)
	if err != nil {
		return nil, err
	}
	document, err := rep.Document.JSON()
	if err != nil {
		return nil, err
	}
	pdf, err := packet.Render(rep, fonts, packet.Attachment{Name: "report.json", Says: "The figures and findings of this packet as data", Media: "application/json", Data: document})
	if err != nil {
		return nil, fmt.Errorf("packet: %w", err)
	}
	signed := pdf.PDF
	if o.Key != nil {
		if signed, err = sign.PDF(o.Key, pdf.PDF, o.At, signatureField(pdf)); err != nil {
			return nil, fmt.Errorf("packet: sign: %w", err)
		}
	}
	book, err := workbook.Write(rep)
	if err != nil {
		return nil, err
	}

	built := &Built{Report: rep, Config: in.config, Set: in.set, Ranking: ranking, Readings: in.readings, Pages: len(rep.Pages), Sheets: pdf.Pages, Missing: in.incomplete()}
	publication, err := o.publication(in, policy, past, rep)
	if err != nil {
		return nil, err
	}
	publication.Write = func(f *seal.Folder) error {
		extra := []file{{"packet.pdf", signed}, {report.WorkbookFile, book}, {"report.json", document}, {"report.schema.json", report.Schema()}, {"rejected.csv", rejectedRows(in.set, policy)}}
		return o.writeSite(rep, theme, extra, f)
	}
	built.Result, err = seal.Publish(publication)
	if err != nil {
		return nil, err
	}
	return built, nil
}

// A file is one file of the published folder beside the pages.
type file struct {
	path string
	data []byte
}

// writeSite writes the pages, the explore pages and the files beside them.
func (o *Options) writeSite(rep *report.Report, theme fs.FS, extra []file, f *seal.Folder) error {
	beside := []string{"seal/manifest-sha256.txt", "seal/verify.txt"}
	for _, x := range extra {
		if err := f.Write(x.path, x.data); err != nil {
			return err
		}
		beside = append(beside, x.path)
	}
	err := explore.Files(rep, theme, func(path string, data []byte) error {
		beside = append(beside, path)
		return f.Write(path, data)
	})
	if err != nil {
		return err
	}
	return site.Files(rep, site.Options{Templates: o.Templates, Theme: theme, Packet: "packet.pdf", Workbook: report.WorkbookFile, Beside: beside}, f.Write)
}

// Verify checks a published folder, an archive or a packet alone.
func Verify(path string, o seal.VerifyOptions) (*seal.Verification, error) {
	return seal.Verify(path, o)
}
