package generator

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"proofpack/generator/config"
	"proofpack/generator/intake"
	"proofpack/generator/source"
)

func TestSourcesShareTheTablesOfAFile(t *testing.T) {
	sheet := func(name string, header ...string) *source.Table {
		return &source.Table{File: "x.xlsx", Sheet: name, Format: "xlsx", Header: header, HeaderRow: 1}
	}
	jobs := sheet("Runs", "job_id", "system", "run_date", "result")
	more := sheet("More runs", "job_id", "system", "run_date", "result")
	services := sheet("Services", "service_id", "name", "stops", "cost_per_hour", "rto_hours")
	mapped := sheet("Raw", "Ref", "Box", "Day", "End")
	plain := &source.Table{File: "x.csv", Format: "csv", Header: jobs.Header, HeaderRow: 1}
	columns := []config.Pair{{Name: "job_id", Value: "Ref"}, {Name: "system", Value: "Box"}, {Name: "run_date", Value: "Day"}, {Name: "result", Value: "End"}}
	for _, c := range []struct {
		name   string
		tables []*source.Table
		claims []*config.Source
		want   []string // the source of each table
		code   string
	}{
		{"nobody claims", []*source.Table{jobs, services}, nil, []string{"", ""}, ""},
		{"a sheet by its name, letter case aside", []*source.Table{jobs, services}, []*config.Source{{Name: "a", DataSet: "jobs", Sheet: "RUNS"}}, []string{"a", ""}, ""},
		{"two sheets", []*source.Table{jobs, services}, []*config.Source{{Name: "a", DataSet: "jobs", Sheet: "Runs"}, {Name: "b", DataSet: "services", Sheet: "Services"}}, []string{"a", "b"}, ""},
		{"the one that is of the data set", []*source.Table{services, jobs}, []*config.Source{{Name: "a", DataSet: "jobs"}}, []string{"", "a"}, ""},
		{"all that are of the data set", []*source.Table{services, jobs, more}, []*config.Source{{Name: "a", DataSet: "jobs"}}, []string{"", "a", "a"}, ""},
		{"what another names is not taken", []*source.Table{more, jobs}, []*config.Source{{Name: "a", DataSet: "jobs"}, {Name: "b", DataSet: "jobs", Sheet: "Runs"}}, []string{"a", "b"}, ""},
		{"the one that is by the mapping", []*source.Table{services, mapped}, []*config.Source{{Name: "a", DataSet: "jobs", Columns: columns}}, []string{"", "a"}, ""},
		{"the first that is nothing else says what it lacks", []*source.Table{services, mapped}, []*config.Source{{Name: "a", DataSet: "jobs"}}, []string{"", "a"}, ""},
		{"a CSV is its source's", []*source.Table{plain}, []*config.Source{{Name: "a", DataSet: "services"}}, []string{"a"}, ""},
		{"a sheet twice", []*source.Table{jobs}, []*config.Source{{Name: "a", DataSet: "jobs", Sheet: "Runs"}, {Name: "b", DataSet: "jobs", Sheet: "Runs"}}, nil, "claimed-twice"},
		{"a CSV twice", []*source.Table{plain}, []*config.Source{{Name: "a", DataSet: "jobs"}, {Name: "b", DataSet: "jobs"}}, nil, "claimed-twice"},
		{"a sheet of a CSV", []*source.Table{plain}, []*config.Source{{Name: "a", DataSet: "jobs", Sheet: "Runs"}}, nil, "no-such-sheet"},
	} {
		t.Run(c.name, func(t *testing.T) {
			files, problems := share(intake.File{Name: c.tables[0].File}, c.tables, c.claims)
			code := ""
			if len(problems) > 0 {
				code = problems[0].Code
			}
			var got []string
			for _, f := range files {
				name := ""
				if f.Source != nil {
					name = f.Source.Name
				}
				got = append(got, name)
			}
			if diff := cmp.Diff(c.want, got); diff != "" || code != c.code {
				t.Errorf("(-want +got)\n%s code %q, want %q", diff, code, c.code)
			}
		})
	}
}
