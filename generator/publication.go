package generator

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"proofpack/generator/assess"
	"proofpack/generator/evidence"
	"proofpack/generator/history"
	"proofpack/generator/intake"
	"proofpack/generator/name"
	"proofpack/generator/publish"
	"proofpack/generator/rank"
	"proofpack/generator/report"
	"proofpack/generator/seal"
	"proofpack/generator/sign"
	"proofpack/generator/site"
)

// reportInput is what the report is written from.
func (o *Options) reportInput(in *input, policy *publish.Policy, past *history.Past, judged *assess.Input, result *assess.Result, ranking *rank.Ranking) report.Input {
	paper := in.config.Packet.Paper
	if o.Paper != "" {
		paper = o.Paper
	}
	prose := map[string]string{}
	for k, v := range in.prose {
		prose[k] = v
	}
	if method, err := fs.ReadFile(o.Templates, "method.md"); err == nil {
		prose["method.md"] = string(method)
	}
	var signer report.Signer
	if o.Key != nil {
		signer = report.Signer{Name: o.Key.Certificate.Subject.CommonName, Fingerprint: sign.Fingerprint(o.Key.Certificate)}
	}
	signs := in.config.Packet.Signs
	if len(signs) == 0 {
		signs = []string{"Name and title, date", "Name and title, date"}
	}
	return report.Input{
		Company: in.config.Company, Month: o.Month, Draft: o.Key == nil, Signer: signer, BuildID: o.buildID(in, policy, past), Tool: o.Tool, Paper: paper, Signs: signs,
		Past: past, Set: judged.Set, Graph: judged.Graph, Result: result, Ranking: ranking, Policy: in.config.Policy, Publish: policy,
		Unread: unread(in.readings), Prose: prose, Archive: "proofpack-" + name.Slug(in.config.Company, 40) + "-" + o.Month + ".zip",
	}
}

// unread are the files of the exports folder that are no source of the report.
func unread(readings []intake.Reading) []report.Unread {
	var all []report.Unread
	for _, r := range readings {
		if r.Status != intake.Read {
			all = append(all, report.Unread{File: r.File, Sheet: r.Sheet, DataSet: r.LooksLike, Reason: r.Reason})
		}
	}
	return all
}

// buildID names a build: a hash of inputs, configuration, version, key of
// pseudonyms and earlier archives, the same for the same input on any machine.
func (o *Options) buildID(in *input, policy *publish.Policy, past *history.Past) string {
	h := sha256.New()
	fmt.Fprintf(h, "%s\n%s\n%s\n%s\n", o.Tool.Version, o.Tool.Commit, o.Month, in.set.AsOf.UTC().Format(time.RFC3339Nano))
	h.Write(in.configText)
	fmt.Fprintf(h, "\n%s", policy.KeyID())
	for _, r := range in.sortedReceived() {
		fmt.Fprintf(h, "\n%s %s", r.sha256, r.name)
	}
	for i := range past.Months {
		fmt.Fprintf(h, "\nafter %s %s", past.Months[i].Name, past.Months[i].Seal)
	}
	fmt.Fprintf(h, "\n%+v %+v", past.Chain.Unused, past.Chain.Notes)
	sum := hex.EncodeToString(h.Sum(nil))
	return sum[:4] + " " + sum[4:8] + " " + sum[8:12] + " " + sum[12:16]
}

func (in *input) sortedReceived() []received {
	all := slices.Clone(in.received)
	slices.SortFunc(all, func(a, b received) int { return strings.Compare(a.name, b.name) })
	return all
}

// incomplete tells that the report is built on less than was asked for: a
// declared export absent, or rows rejected within the limit.
func (in *input) incomplete() bool {
	for _, a := range in.set.Absent {
		if a.Required {
			return true
		}
	}
	for i := range in.set.Inputs {
		if in.set.Inputs[i].Rejected > 0 || in.set.Inputs[i].Standing == evidence.Short {
			return true
		}
	}
	return false
}

// publication is what is sealed, but for the writing of the folder.
func (o *Options) publication(in *input, policy *publish.Policy, past *history.Past, rep *report.Report) (seal.Publication, error) {
	paths := in.archivePaths()
	docs, err := records(in.set, policy, past, rep)
	if err != nil {
		return seal.Publication{}, err
	}
	settings, names, err := o.settings(in)
	if err != nil {
		return seal.Publication{}, err
	}
	if !o.DigestOnly {
		list, err := in.receivedList(paths, names)
		if err != nil {
			return seal.Publication{}, err
		}
		docs = append(docs, seal.Document{Path: path.Base(receivedPath), Data: list})
	}
	p := seal.Publication{
		Out: o.Out, Archive: o.Archive, Month: o.Month, Revision: o.Revision, Key: o.Key, At: o.At,
		Config:  settings,
		Records: docs,
		Index:   o.index(in.config.Company),
		Holder:  o.Holder, Alive: o.Alive, Sleep: o.Sleep,
		Record: seal.Record{
			Org: in.config.Company, AsOf: in.set.AsOf.Format(time.RFC3339),
			Period:  period(o.Month, in.set.AsOf),
			Tool:    seal.Tool{Name: o.Tool.Name, Version: o.Tool.Version, Commit: o.Tool.Commit, Go: o.Go},
			Command: o.Command, ConfigSHA256: hashOf(in.configText), RulesSHA256: hashOf(rulesText(rep, in)), ThemeSHA256: hashOf(treeText(o.Templates, o.Themes)),
			Operator: seal.Operator{DeclaredName: operator(o)}, Redaction: seal.Redaction{Policy: policy.Says(in.set), KeyID: policy.KeyID()},
		},
	}
	for _, r := range in.sortedReceived() {
		src := seal.Source{Path: paths[r.name], SHA256: r.sha256}
		if !o.DigestOnly {
			src.Open = func() (io.ReadCloser, error) { return in.open(r.name) }
		}
		p.Sources = append(p.Sources, src)
	}
	p.Record.Sources = in.sourceRecords(paths, policy)
	follows(&p.Record, past.Chain)
	return p, nil
}

func operator(o *Options) string {
	if o.Key == nil {
		return ""
	}
	return o.Key.Certificate.Subject.CommonName
}

// period is the month in days, both included, up to as-of.
func period(month string, asOf time.Time) seal.Period {
	to := asOf
	first, err := time.ParseInLocation("2006-01", month, asOf.Location())
	if err == nil && first.AddDate(0, 1, -1).Before(to) {
		to = first.AddDate(0, 1, -1)
	}
	return seal.Period{From: first.Format("2006-01-02"), To: to.Format("2006-01-02"), TZ: asOf.Location().String()}
}

func hashOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// rulesText is every limit in use, a line each.
func rulesText(_ *report.Report, in *input) []byte {
	var b bytes.Buffer
	for _, l := range in.config.Policy.Limits {
		fmt.Fprintf(&b, "%s\t%s\t%s\n", l.Name, l.Text(), l.Source)
	}
	return b.Bytes()
}

// treeText is the path and hash of every file of some trees.
func treeText(trees ...fs.FS) []byte {
	var b bytes.Buffer
	for _, tree := range trees {
		_ = fs.WalkDir(tree, ".", func(p string, d fs.DirEntry, err error) error { // embedded: reading cannot fail
			if err != nil || d.IsDir() {
				return nil
			}
			data, err := fs.ReadFile(tree, p)
			if err == nil {
				fmt.Fprintf(&b, "%s %s\n", hashOf(data), p)
			}
			return nil
		})
	}
	return b.Bytes()
}

// archivePaths names every received file inside the archive: a slug each,
// numbered where two would be one.
func (in *input) archivePaths() map[string]string {
	paths, used := map[string]string{}, map[string]bool{}
	for _, r := range in.sortedReceived() {
		slug := name.File(path.Base(r.name), 60)
		try := slug
		for n := 2; used[try]; n++ {
			try = fmt.Sprintf("%d-%s", n, slug)
		}
		used[try] = true
		paths[r.name] = try
	}
	return paths
}

// media are the media types of exports by format.
var media = map[string]string{"csv": "text/csv", "json": "application/json", "json lines": "application/x-ndjson", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}

func (in *input) sourceRecords(paths map[string]string, policy *publish.Policy) []seal.SourceRecord {
	var all []seal.SourceRecord
	headerRows := map[string]int{}
	for _, r := range in.readings {
		if r.Table != nil {
			headerRows[r.File+"\x00"+r.Sheet] = r.Table.HeaderRow
		}
	}
	for i := range in.set.Inputs {
		s := &in.set.Inputs[i]
		record := seal.SourceRecord{
			Logical: s.Name, Path: paths[s.File], NameAsReceived: path.Base(s.File), Bytes: s.Bytes, SHA256: s.SHA256, Media: media[s.Format], Encoding: s.Encoding, Sheet: s.Sheet,
			HeaderRow: headerRows[s.File+"\x00"+s.Sheet], System: policy.Text(s.System), ExtractedBy: policy.Text(s.By), QueryOrFilter: policy.Text(s.Filters),
			RowsRead: int64(s.Read), RowsUsed: int64(s.Used), RowsRejected: int64(s.Rejected), RowsDuplicate: int64(s.Duplicate), RowsSetAside: int64(s.SetAside),
		}
		columns := policy.Columns(s)
		record.MaskedColumns = columns.Withheld()
		if record.Logical == "" {
			record.Logical = s.DataSet
		}
		if s.Expected >= 0 {
			n := int64(s.Expected)
			record.RowsExpected = &n
		}
		if !s.At.IsZero() {
			record.ExtractedAt = s.At.Format(time.RFC3339)
		}
		if !s.MinDate.IsZero() {
			record.MinDate, record.MaxDate = s.MinDate.Format("2006-01-02"), s.MaxDate.Format("2006-01-02")
		}
		all = append(all, record)
	}
	return all
}

// index writes the list of months.
func (o *Options) index(company string) func([]seal.Month) ([]byte, error) {
	return func(months []seal.Month) ([]byte, error) {
		var list []site.Month
		for _, m := range slices.Backward(months) {
			entry := site.Month{Folder: m.Name, Name: monthTitle(m), PDF: "packet.pdf"}
			if data, err := fs.ReadFile(m.Files, "report.json"); err == nil {
				var doc struct {
					Headline string     `json:"headline"`
					Signer   string     `json:"signer"`
					Chain    *chainLink `json:"chain"`
				}
				if json.Unmarshal(data, &doc) == nil {
					entry.Headline, entry.Signer, entry.Chain = doc.Headline, doc.Signer, doc.Chain.words()
				}
			}
			list = append(list, entry)
		}
		return site.ArchiveIndex(list, company, o.Templates)
	}
}

// A chainLink is what the report of a month says it follows.
type chainLink struct {
	First    bool `json:"first"`
	Previous *struct {
		Month string `json:"month"`
	} `json:"previous"`
	Gaps []string `json:"gaps"`
}

// words is a link of the chain as the list of months prints it; "" where nobody
// looked for earlier months.
func (l *chainLink) words() string {
	switch {
	case l == nil:
		return ""
	case l.First:
		return "first on record"
	case l.Previous == nil:
		return "no earlier month can be followed"
	}
	words := "follows " + evidence.MonthName(l.Previous.Month)
	if n := len(l.Gaps); n > 0 {
		words += ", " + evidence.Of(n, "month", "months") + " missing"
	}
	return words
}

func monthTitle(m seal.Month) string {
	title := m.Month
	if t, err := time.Parse("2006-01", m.Month); err == nil {
		title = t.Format("January 2006")
	}
	switch {
	case m.Draft:
		title += ", draft"
	case m.Revision > 1:
		title += fmt.Sprintf(", revision %d", m.Revision)
	}
	return title
}
