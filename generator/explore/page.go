package explore

import (
	"bytes"
	"html/template"
	"io/fs"
	"path"
	"strconv"
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"proofpack/generator/assess"
	"proofpack/generator/chart"
	"proofpack/generator/evidence"
	"proofpack/generator/report"
	"proofpack/templates"
)

// The most that is shown at once.
const (
	tableRows = 50 // rows of the table on one page
	chartBars = 15 // bars of the chart: more can't be told apart on a laptop
)

// facts is the evidence page that holds the same facts.
const facts = "ranking.html"

// A view is what explore/ranking.html sees. Page is written as JSON into a block
// that is data, not script.
type view struct {
	Company, Month, AsOf, Signer string
	Packet, Build, Tool          string
	Draft, Charts                bool
	Nav, Basis                   []navView // the two lines of the navigation
	Facts, Count, Horizon        string
	Bars                         int
	Kinds                        []string
	Columns                      []columnView
	Page                         pageView
	Scripts                      []string
}

type navView struct{ Path, Text string }

// A columnView is a column of the table; Text names the field with the words of
// a number.
type columnView struct {
	Key   string `json:"key"`
	Title string `json:"title"`
	Num   bool   `json:"num,omitempty"`
	Text  string `json:"text,omitempty"`
	Head  bool   `json:"head,omitempty"` // the head of its row, which leads to its page
}

// A pageView is what explore.js reads.
type pageView struct {
	Option  map[string]any `json:"option,omitempty"`
	Columns []columnView   `json:"columns"`
	Sort    string         `json:"sort"`
	Down    bool           `json:"down"` // the largest first
	Size    int            `json:"size"`
	Bars    int            `json:"bars"`
}

func (k Ranking) page(r *report.Report, drawn bool, data []chunk) ([]byte, error) {
	v := view{
		Company: visible(r.Company), Month: r.MonthName, AsOf: r.AsOf.Format("2 Jan 2006"), Signer: visible(r.Signer.Name),
		Packet: r.Month, Build: r.BuildID, Tool: strings.TrimSpace(r.Tool.Name + " " + r.Tool.Version), Draft: r.Draft, Charts: drawn,
		Facts: facts, Count: k.count(), Horizon: evidence.Of(k.Days, "day", "days"), Bars: chartBars, Kinds: []string{"Service", "System"},
		Columns: []columnView{
			{Key: "name", Title: "Name", Head: true},
			{Key: "kind", Title: "Kind"},
			{Key: "rank", Title: "Rank in its kind", Num: true},
			{Key: "low", Title: "Low", Num: true, Text: "lowText"},
			{Key: "likely", Title: "Likely", Num: true, Text: "likelyText"},
			{Key: "high", Title: "High", Num: true, Text: "highText"},
			{Key: "hours", Title: "Recovery", Num: true, Text: "hoursText"},
			{Key: "recovery", Title: "Recovery proof"},
			{Key: "because", Title: "Because of"},
		},
	}
	for _, p := range r.Pages {
		switch {
		case p.Nav == "":
		case p.Basis:
			v.Basis = append(v.Basis, navView{p.Path, visible(p.Nav)})
		default:
			v.Nav = append(v.Nav, navView{p.Path, visible(p.Nav)})
		}
	}
	v.Page = pageView{Columns: v.Columns, Sort: "high", Down: true, Size: tableRows, Bars: chartBars}
	for _, c := range data {
		v.Scripts = append(v.Scripts, "data/"+path.Base(c.path))
	}
	if drawn {
		v.Page.Option = k.option()
		v.Scripts = append(v.Scripts, "../assets/echarts.js")
	}
	v.Scripts = append(v.Scripts, "../assets/explore.js")
	text, err := fs.ReadFile(templates.FS, "explore/ranking.html")
	if err != nil {
		return nil, err
	}
	t, err := template.New("explore/ranking.html").Parse(string(text))
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := t.Execute(&b, v); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// option is the chart as go-echarts describes it: low, up to likely, up to high,
// stacked from zero. The script fills it with the rows that are listed and gives
// it the colours of the page.
func (k Ranking) option() map[string]any {
	bar := charts.NewBar()
	bar.ChartID = "ranking" // go-echarts draws lots for one otherwise
	bar.SetGlobalOptions(
		charts.WithAnimation(false),
		charts.WithTooltipOpts(opts.Tooltip{Show: opts.Bool(true), Trigger: "axis", AxisPointer: &opts.AxisPointer{Type: "shadow"}}),
		charts.WithLegendOpts(opts.Legend{Show: opts.Bool(true), Top: "0", Left: "0"}),
		charts.WithGridOpts(opts.Grid{Left: "0", Right: "90", Top: "40", Bottom: "28"}),
		charts.WithAriaOpts(&opts.Aria{Enabled: opts.Bool(true), Label: &opts.AriaLabel{Enabled: opts.Bool(false)}, Decal: &opts.AriaDecal{Show: opts.Bool(true)}}),
		charts.WithXAxisOpts(opts.XAxis{Type: "value", SplitNumber: 3}),
		charts.WithYAxisOpts(opts.YAxis{Type: "category", Inverse: opts.Bool(true)}),
	)
	stack := charts.WithBarChartOpts(opts.BarChart{Stack: "exposure", BarWidth: "60%"})
	bar.AddSeries("low", nil, stack)
	bar.AddSeries("up to likely", nil, stack)
	bar.AddSeries("up to high, which no evidence excludes", nil, stack)
	bar.SetXAxis([]string{}).XYReversal()
	bar.Validate()
	return bar.JSON()
}

// count is how many of each kind there are, in words.
func (k Ranking) count() string {
	services := 0
	for i := range k.Subjects {
		if k.Subjects[i].Kind == "Service" {
			services++
		}
	}
	systems := len(k.Subjects) - services
	return counted(services, "service") + " and " + counted(systems, "system")
}

func counted(n int, noun string) string {
	switch n {
	case 0:
		return "no " + noun + "s"
	case 1:
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}

// state is the word of a state as report.json has it, as a reader sees it.
func state(s string) string {
	for _, known := range assess.States {
		if known.String() == s {
			return report.StateWord(known)
		}
	}
	return report.StateWord(assess.Missing)
}

func visible(s string) string { return chart.Visible(s) }
