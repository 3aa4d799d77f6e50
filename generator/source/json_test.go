package source

import (
	"strings"
	"testing"
)

func TestJSONShapesAreUnwrapped(t *testing.T) {
	rows := [][]string{{"1", "x"}, {"2", "y"}}
	const list = `[{"id":1,"name":"x"},{"id":2,"name":"y"}]`
	for _, c := range []struct{ name, content, format, note string }{
		{"an array", list, "json", ""},
		{"an array with white space", "\n " + list + " \r\n", "json", ""},
		{"JSON lines", "{\"id\":1,\"name\":\"x\"}\n{\"id\":2,\"name\":\"y\"}\n", "json lines", ""},
		{"JSON lines with blank lines and CR LF", "\r\n{\"id\":1,\"name\":\"x\"}\r\n\r\n{\"id\":2,\"name\":\"y\"}", "json lines", ""},
		{"objects over several lines", "{\"id\":1,\n\"name\":\"x\"}\n{\"id\":2,\n\"name\":\"y\"}", "json lines", "2 values one after the other"},
		{"Microsoft Graph", `{"@odata.context":"u","value":` + list + `}`, "json", "unwrapped from value; not read beside it: @odata.context"},
		{"an Okta hook", `{"eventType":"x","data":{"events":` + list + `}}`, "json", "unwrapped from data.events; not read beside it: eventType"},
		{"NetBox REST", `{"count":2,"next":null,"results":` + list + `}`, "json", "unwrapped from results; not read beside it: count, next"},
		{"Prometheus", `{"status":"success","data":{"alerts":` + list + `}}`, "json", "unwrapped from data.alerts; not read beside it: status"},
		{"borg", `{"archives":` + list + `,"repository":{"id":"r"}}`, "json", "unwrapped from archives; not read beside it: repository"},
		{"an unknown name", `{"made":"today","devices":` + list + `}`, "json", "unwrapped from devices; not read beside it: made"},
		{"the longest of two", `{"a":[{"z":1}],"b":` + list + `}`, "json", "unwrapped from b; not read beside it: a"},
		{"JSON text in a string", `"[{\"id\":1,\"name\":\"x\"},{\"id\":2,\"name\":\"y\"}]"`, "json", "unwrapped JSON text from a string"},
		{"strings that hold objects", `["{\"id\":1,\"name\":\"x\"}","{\"id\":2,\"name\":\"y\"}"]`, "json", ""},
		{"lines of strings that hold objects", "\"{\\\"id\\\":1,\\\"name\\\":\\\"x\\\"}\"\n\"{\\\"id\\\":2,\\\"name\\\":\\\"y\\\"}\"\n", "json lines", ""},
		{"UTF-16 with its mark", toUTF16(list, false), "json", ""},
		{"UTF-8 with its mark", "\xef\xbb\xbf" + list, "json", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, name := range []string{"x.json", "x.txt"} {
				if name == "x.txt" && strings.HasPrefix(c.content, `"`) {
					continue // without a name that says JSON, quotes begin a CSV
				}
				table := read(t, name, c.content, Options{})
				same(t, "format", c.format, table.Format)
				same(t, "header", []string{"id", "name"}, table.Header)
				same(t, "rows", rows, cells(table))
				same(t, "numbers", []int{1, 2}, numbers(table))
				same(t, "notes", c.note, strings.Join(table.Notes, "|"))
				same(t, "records", 2, table.Records)
			}
		})
	}
}

func TestElasticHitsStandBesideTheirIdentifiers(t *testing.T) {
	table := read(t, "x.json", `{"hits":{"total":{"value":1,"relation":"eq"},"hits":[{"_index":"i","_id":"7","_source":{"agent":{"name":"h"},"_id":"inner"}}]}}`, Options{})
	same(t, "header", []string{"_index", "_id", "agent.name", "_source._id"}, table.Header)
	same(t, "rows", [][]string{{"i", "7", "h", "inner"}}, cells(table))
	same(t, "declared", 1, table.Declared)
	same(t, "problems", 0, len(table.Problems))
}

func TestADjangoDumpKeepsItsModels(t *testing.T) {
	table := read(t, "x.json", `[{"model":"dcim.device","pk":1,"fields":{"name":"sw1","serial":"S"}},{"model":"contenttypes.contenttype","fields":{"model":"site"}}]`, Options{})
	same(t, "header", []string{"model", "pk", "name", "serial", "fields.model"}, table.Header)
	same(t, "rows", [][]string{{"dcim.device", "1", "sw1", "S", ""}, {"contenttypes.contenttype", "", "", "", "site"}}, cells(table))
}

func TestJSONIsFlattened(t *testing.T) {
	for _, c := range []struct {
		name, element string
		header, row   []string
	}{
		{"objects with dots", `{"labels":{"alertname":"A","deep":{"x":1}},"b":2}`, []string{"labels.alertname", "labels.deep.x", "b"}, []string{"A", "1", "2"}},
		{"null, empty object, empty array", `{"a":null,"b":{},"c":[],"d":"x"}`, []string{"a", "c", "d"}, []string{"", "", "x"}},
		{"truth", `{"a":true,"b":false}`, []string{"a", "b"}, []string{"true", "false"}},
		{"numbers keep their text", `{"a":9007199254740993,"b":1.10,"c":1E+2,"d":-0}`, []string{"a", "b", "c", "d"}, []string{"9007199254740993", "1.10", "1E+2", "-0"}},
		{"escapes", `{"a":"\u00e9\n\ud834\udd1e\"\\\/"}`, []string{"a"}, []string{"é\n𝄞\"\\/"}},
		{"single values of an array", `{"a":["x",1,true,null]}`, []string{"a"}, []string{"x;1;true;"}},
		{"objects in an array", `{"a":[ {"name": "ops"} ],"b":[[1, 2],3]}`, []string{"a", "b"}, []string{`[{"name":"ops"}]`, `[[1,2],3]`}},
		{"names with dots", `{"a":{"b.c":1},"x.y":2}`, []string{"a.b.c", "x.y"}, []string{"1", "2"}},
		{"text that is JSON stays text", `{"a":"{\"b\":1}"}`, []string{"a"}, []string{`{"b":1}`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			table := read(t, "x.json", "["+c.element+"]", Options{})
			same(t, "header", c.header, table.Header)
			same(t, "row", c.row, table.Rows[0].Cells)
		})
	}
}

func TestColumnsComeInOrderOfAppearanceAndRowsAreFilledUp(t *testing.T) {
	table := read(t, "x.json", `[{"b":1},{"a":2,"b":3},{"c":4}]`, Options{})
	same(t, "header", []string{"b", "a", "c"}, table.Header)
	same(t, "rows", [][]string{{"1", "", ""}, {"3", "2", ""}, {"", "", "4"}}, cells(table))
}

func TestNothingAndNoRowsDiffer(t *testing.T) {
	for _, c := range []struct {
		name, content string
		rows          int
	}{
		{"an empty array", `[]`, 0},
		{"an empty Graph answer", `{"@odata.context":"u","value":[]}`, 0},
		{"no hits", `{"took":1,"hits":{"total":{"value":0},"hits":[]},"aggs":{"b":[{"k":1}]}}`, 0},
		{"no archives", `{"archives":[],"encryption":{"mode":"x"},"repository":{"id":"r"}}`, 0},
		{"an empty list beside numbers", `{"total":0,"devices":[]}`, 0},
		{"one object with an empty list", `{"alertname":"A","silencedBy":[]}`, 1},
		{"one object", `{"archive":{"name":"x"},"cache":{"size":1}}`, 1},
		{"one line of JSON lines with objects in it", "{\"id\":\"e\",\"target\":[{\"id\":\"t\"},{\"id\":\"u\"}]}\n", 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			name := "x.json"
			if strings.HasSuffix(c.content, "\n") {
				name = "x.jsonl"
			}
			table := read(t, name, c.content, Options{})
			if len(table.Rows) != c.rows || table.Records != c.rows {
				t.Errorf("got %d rows of %d records, want %d: %+v", len(table.Rows), table.Records, c.rows, table)
			}
		})
	}
	for _, content := range []string{"", " \n\t", "\xef\xbb\xbf"} {
		for _, name := range []string{"x.json", "x.jsonl"} {
			same(t, name, "empty-file", refused(t, name, content, Options{}).Code)
		}
	}
}

func TestAPageOfALongerAnswerSaysSo(t *testing.T) {
	for _, c := range []struct {
		name, content string
		declared      int
		problems      []string
	}{
		{"hits of more", `{"hits":{"total":{"value":125},"hits":[{"_id":"1","_source":{"a":1}}]}}`, 125, []string{"partial-export"}},
		{"hits of more, old form", `{"hits":{"total":125,"hits":[{"_id":"1","_source":{"a":1}}]}}`, 125, []string{"partial-export"}},
		{"a count of more", `{"@odata.count":3,"value":[{"a":1}]}`, 3, []string{"partial-export"}},
		{"a next page", `{"@odata.nextLink":"https://x","value":[{"a":1}]}`, 0, []string{"partial-export"}},
		{"a next page of REST", `{"count":1,"next":"https://x","results":[{"a":1}]}`, 1, []string{"partial-export"}},
		{"all there is", `{"count":1,"next":null,"results":[{"a":1}]}`, 1, nil},
		{"a count of something else", `{"count":9,"value":[{"a":1}]}`, 0, nil},
		{"a second table", `{"value":[{"a":1}],"groups":[{"b":1}]}`, 0, []string{"more-arrays"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			table := read(t, "x.json", c.content, Options{})
			same(t, "declared", c.declared, table.Declared)
			same(t, "problems", c.problems, codes(table))
		})
	}
}

func TestElementsThatAreNoRowsAreRejected(t *testing.T) {
	table := read(t, "x.json", `[{"a":1},null,"text",[{"a":2}],{},{"a":{"b":1},"a.b":2},{"new":{"c":1},"new.c":2},{"a":"`+strings.Repeat("é", maxCell+1)+`"},{"a":3}]`, Options{})
	same(t, "rows", []int{1, 9}, numbers(table))
	same(t, "header", []string{"a"}, table.Header)
	same(t, "rejected", []Rejected{
		{2, "the element is not an object"}, {3, "the element is not an object"}, {4, "the element is not an object"}, {5, "the element is empty"},
		{6, `two members come to the same name "a.b"`}, {7, `two members come to the same name "new.c"`}, {8, `the cell "a" is longer than 32,767 characters`},
	}, table.Rejected)
	same(t, "records", 9, table.Records)
}

func TestALineThatCannotBeReadIsRejectedAlone(t *testing.T) {
	table := read(t, "x.jsonl", "{\"a\":1}\n  {\"a\":NaN}\n{\"a\":2} {\"a\":3}\n{\"a\":1,\"A\":2}\n{\"a\":\""+strings.Repeat("x", maxRecord)+"\"}\n\n7\n{\"a\":4}\n{\"a\":", Options{})
	same(t, "rows", []int{1, 7}, numbers(table))
	same(t, "rejected", []Rejected{
		{2, "line 2, column 8: a number that is none (NaN or Infinity), which JSON does not have"},
		{3, "line 3, column 1: the line holds several values"},
		{4, "line 4, column 10: a member stands twice in its object, perhaps in another case"},
		{5, "line 5, column 1: the record is longer than 1 MiB"},
		{6, "the element is not an object"},
		{8, "line 9, column 6: the JSON ends in the middle of a value: the file is cut off"},
	}, table.Rejected)
	same(t, "records", 8, table.Records)
}

func TestOnlyStrictJSONIsRead(t *testing.T) {
	deep := func(n int) string { return strings.Repeat("[", n) + "{}" + strings.Repeat("]", n) }
	for _, c := range []struct{ name, content, code, says string }{
		{"NaN", "[{\"a\":1},\n{\"a\":NaN}]", "bad-json", "line 2, column 6: a number that is none"},
		{"minus infinity", `[{"a":-Infinity}]`, "bad-json", "line 1, column 8: a number that is none"},
		{"a trailing comma in an array", `[{"a":1},]`, "bad-json", "line 1, column 9: a comma with nothing behind it"},
		{"a trailing comma in an object", "[{\"a\":1,\n}]", "bad-json", "line 1, column 8: a comma with nothing behind it"},
		{"two commas", `[{"a":1},,{"a":2}]`, "bad-json", "line 1, column 10: a comma with nothing before it"},
		{"a comment", "[\n// all\n{\"a\":1}]", "bad-json", "line 2, column 1: a comment"},
		{"a comment after a value", "[{\"a\":1} /* x */]", "bad-json", "line 1, column 10: a comment"},
		{"single quotes", `[{'a':1}]`, "bad-json", "line 1, column 3: a text in single quotes"},
		{"a name twice", `[{"a":1,"a":2}]`, "bad-json", "line 1, column 11: a member stands twice"},
		{"a name twice in another case", `[{"Patched":1,"patched":2}]`, "bad-json", "a member stands twice"},
		{"a name twice as an escape", `[{"a":1,"\u0061":2}]`, "bad-json", "a member stands twice"},
		{"a name twice deep inside", `[{"x":[{"y":{"é":1,"É":2}}]}]`, "bad-json", "a member stands twice"},
		{"cut off", `[{"a":1},{"a"`, "bad-json", "line 1, column 14: the JSON ends in the middle of a value"},
		{"something behind it", `[{"a":1}] x`, "bad-json", "line 1, column 11"},
		{"half a surrogate pair", `[{"a":"\ud834"}]`, "bad-json", "line 1"},
		{"a control character in text", "[{\"a\":\"x\ny\"}]", "bad-json", "line 1"},
		{"a leading zero", `[{"a":01}]`, "bad-json", "line 1, column 8"},
		{"not UTF-8", "[{\"a\":\"caf\xe9\"}]", "bad-encoding", "line 1"},
		{"a NUL", "[{\"a\":\"\x00\"}]", "nul", "line 1"},
		{"nested too deep", deep(64), "bad-json", "nested deeper than 64"},
		{"hostile nesting", strings.Repeat("[", 1<<20), "bad-json", "nested deeper than 64"},
		{"a CSV under the name of JSON", "a,b\n1,2\n", "bad-json", "line 1, column 1"},
		{"a number", "42", "not-a-table", ""},
		{"a text", `"text"`, "not-a-table", ""},
		{"text in text in text", `"\"\\\"[]\\\"\""`, "not-a-table", ""},
		{"an array of numbers", "[1,2,3]", "not-a-table", ""},
		{"an array of arrays", `[["a","b"],["1","2"]]`, "not-a-table", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := refused(t, "x.json", c.content, Options{})
			if p.Code != c.code || !strings.Contains(p.Message, c.says) {
				t.Errorf("got %s: %s, want %s with %q", p.Code, p.Message, c.code, c.says)
			}
		})
	}
	if table := read(t, "x.json", `[{"a":`+deep(61)+`}]`, Options{}); len(table.Rows) != 1 {
		t.Errorf("64 levels are allowed: %+v", table)
	}
}

func TestTheNamesMayRepeatInOtherObjects(t *testing.T) {
	table := read(t, "x.json", `[{"a":{"x":1},"b":{"x":2}},{"a":{"x":3},"b":{"A":4}}]`, Options{})
	same(t, "rows", [][]string{{"1", "2", ""}, {"3", "", "4"}}, cells(table))
}

func TestLimitsOfJSON(t *testing.T) {
	p := refused(t, "x.json", `[{"a":"`+strings.Repeat("x", 2000)+`"}]`, Options{MaxBytes: 1000})
	same(t, "document", "document-too-large", p.Code)
	table := read(t, "x.jsonl", strings.Repeat(`{"a":1}`+"\n", 2000), Options{MaxBytes: 1000})
	same(t, "lines have no limit", 2000, len(table.Rows))

	table = read(t, "x.jsonl", "{\"a\":1}\n{\"a\":\""+strings.Repeat("x", 3*maxRecord)+"\"}\n{\"a\":2}\n", Options{})
	same(t, "a line far too long", []Rejected{{2, "line 2, column 1: the record is longer than 1 MiB"}}, table.Rejected)
	same(t, "rows around it", []int{1, 3}, numbers(table))

	var names strings.Builder
	for i := range maxColumns + 1 {
		names.WriteString(`,"` + strings.Repeat("k", i+1) + `":1`)
	}
	table = read(t, "x.json", `[{"a":1},{`+names.String()[1:]+`}]`, Options{})
	same(t, "wide element", []Rejected{{2, "the record has more than 1,024 members"}}, table.Rejected)
	same(t, "its names are forgotten", []string{"a"}, table.Header)
	p = refused(t, "x.json", `[{`+strings.Replace(names.String()[1:], ",", "},{", -1)+`}]`, Options{})
	same(t, "names used as keys", "too-many-columns", p.Code)
	table = read(t, "x.json", `[{"a":1},{"b":[`+strings.Repeat(`"`+strings.Repeat("x", 1000)+`",`, 1100)+`1]}]`, Options{})
	same(t, "long element", []Rejected{{2, "the record is longer than 1 MiB"}}, table.Rejected)
}

func TestTheIndependentCountOfJSON(t *testing.T) {
	for _, c := range []struct {
		text  string
		depth int
		want  int
	}{
		{`[]`, 1, 0}, {`[ ]`, 1, 0}, {`[1]`, 1, 1}, {`[1,-2.5e3 , true,null]`, 1, 4}, {`["a,b","]","\"[,"]`, 1, 3},
		{`[{"a":[1,2]},[3,4],{}]`, 1, 3}, {`{} {}`, 0, 2}, {"1 2\n\"x\"[1]{}", 0, 5}, {`{}{}`, 0, 2}, {``, 0, 0}, {`["\\",1]`, 1, 2},
	} {
		same(t, c.text, c.want, countJSON([]byte(c.text), c.depth))
	}
}

func TestCSVIsNotTakenForJSON(t *testing.T) {
	for _, content := range []string{"[id],name\n1,x\n", "{guid},name\n1,x\n", "[1],[2]\nx,y\n"} {
		same(t, content, "csv", read(t, "x.csv", content, Options{}).Format)
	}
	same(t, "JSON named as CSV", "json", read(t, "x.csv", `[{"a":1}]`, Options{}).Format)
}
