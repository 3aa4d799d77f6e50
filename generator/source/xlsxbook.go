package source

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
)

// A book is a workbook whose parts have been found: by its content types and
// relationships, never by the names that they usually have.
type book struct {
	*pack
	sheets  []*sheet
	from    dateSystem
	strings *sharedStrings
	styles  *cellStyles
}

// A sheet is a worksheet of a book, in the order of its tabs.
type sheet struct {
	name   string
	part   string
	hidden bool // by the user or by a program
}

// openBook reads what all sheets of a workbook share.
func openBook(in *input) (*book, error) {
	p, err := openPack(in)
	if err != nil {
		return nil, err
	}
	b := &book{pack: p}
	types, err := p.contentTypes()
	if err != nil {
		return nil, err
	}
	main, err := p.mainPart(types)
	if err != nil {
		return nil, err
	}
	rels, err := p.relations(main)
	if err != nil {
		return nil, err
	}
	if err := b.readWorkbook(main, rels); err != nil {
		return nil, err
	}
	if err := b.nothingLost(types, rels); err != nil {
		return nil, err
	}
	if b.strings, err = p.readStrings(rels.only("sharedStrings")); err != nil {
		return nil, err
	}
	if b.styles, err = p.readStyles(rels.only("styles")); err != nil {
		return nil, err
	}
	return b, nil
}

// The kinds of parts that matter, by the end of their content type.
const typeBinary = ".sheet.binary.macroEnabled.main"

var (
	typesOfWorkbooks = [...]string{".sheet.main+xml", ".sheet.macroEnabled.main+xml", ".template.main+xml", ".template.macroEnabled.main+xml"}
	typesOfParts     = [...]string{".worksheet+xml", ".styles+xml", ".sharedStrings+xml"}
)

// attrsOfWorkbook are the attributes that workbookPr may have; a slip in one of
// them would move every date by four years.
var attrsOfWorkbook = [...]string{
	"date1904", "showObjects", "showBorderUnselectedTables", "filterPrivacy", "promptedSolutions", "showInkAnnotation", "backupFile", "saveExternalLinkValues", "updateLinks", "codeName",
	"hidePivotFieldList", "showPivotChartFilter", "allowRefreshQuery", "publishItems", "checkCompatibility", "autoCompressPictures", "refreshAllConnections", "defaultThemeVersion", "dateCompatibility",
}

// mainPart is the name of the part that lists the sheets.
func (p *pack) mainPart(types contentTypes) (string, error) {
	rels, err := p.relations("")
	if err != nil {
		return "", err
	}
	main := rels.only("officeDocument")
	kind := types.of(main)
	switch {
	case strings.HasSuffix(kind, typeBinary):
		return "", p.in.problem(0, "binary-workbook", "The file is a binary workbook (.xlsb), which is not read.", "Open it in Excel and save it as .xlsx or CSV.")
	case main == "":
		return "", p.damaged("nothing in it says which part is the workbook")
	}
	for _, t := range typesOfWorkbooks {
		if strings.HasSuffix(kind, t) {
			return main, nil
		}
	}
	return "", p.in.problem(0, "not-a-workbook", fmt.Sprintf("The file is an office document, but no workbook (%.80s).", kind), "Export the table itself as .xlsx or CSV.")
}

// readWorkbook lists the sheets and says from when dates count.
func (b *book) readWorkbook(main string, rels relations) error {
	x, err := b.xml(main, nil)
	if err != nil {
		return err
	}
	defer x.close()
	if err := x.root(spaceMain, "workbook"); err != nil {
		return err
	}
	names := map[string]bool{}
	listed := false
	err = x.each(func() error {
		switch {
		case x.is("workbookPr"):
			if err := x.only(attrsOfWorkbook[:]); err != nil {
				return err
			}
			on, err := x.boolean("date1904")
			if on {
				b.from = from1904
			}
			return err
		case !x.is("sheets"):
			return nil
		case listed:
			return x.fail("the sheets are listed twice")
		}
		listed = true
		return x.each(func() error {
			if !x.is("sheet") {
				return x.fail("there is a <%.60s> among the sheets", x.name)
			}
			s := &sheet{name: string(x.attr("name")), hidden: len(x.attr("state")) > 0 && string(x.attr("state")) != "visible"}
			rel, known := rels[x.attrIn(spaceRef, "id")]
			switch folded := strings.ToLower(s.name); {
			case strings.TrimSpace(s.name) == "" || names[folded]:
				return x.fail("two sheets have the name %.40q, or one has none", s.name)
			case !known || rel.external:
				return x.fail("nothing says where the sheet %.40q is", s.name)
			default:
				names[folded] = true
			}
			switch s.part = rel.part; rel.kind {
			case "worksheet":
				b.sheets = append(b.sheets, s)
			case "chartsheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet": // no cells of a table
			default:
				return x.fail("the sheet %.40q is of an unknown kind (%.40q)", s.name, rel.kind)
			}
			if len(b.sheets) > maxSheets {
				return x.fail("there are more than 1,000 sheets")
			}
			return nil
		})
	})
	if err != nil {
		return err
	}
	if !listed {
		return x.fail("no sheets are listed")
	}
	return x.end()
}

// nothingLost holds what was found against the relationships and the content
// types: a sheet that one of them has and the list has not is a sheet that
// would be lost without a word, and without its styles a date is a number.
func (b *book) nothingLost(types contentTypes, rels relations) error {
	used := map[string]bool{}
	for _, s := range b.sheets {
		if key := strings.ToLower(s.part); used[key] {
			return b.damaged("two sheets are in the same part %q", s.part)
		}
		used[strings.ToLower(s.part)] = true
	}
	used[strings.ToLower(rels.only("styles"))] = true
	used[strings.ToLower(rels.only("sharedStrings"))] = true
	for _, id := range slices.Sorted(maps.Keys(rels)) {
		if r := rels[id]; r.kind == "worksheet" && !used[strings.ToLower(r.part)] {
			return b.damaged("it holds a sheet (%q) that its list of sheets does not name", r.part)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(types.parts)) {
		for _, kind := range typesOfParts {
			if strings.HasSuffix(types.parts[name], kind) && b.has(name) && !used[name] {
				return b.damaged("it holds the part %q (%s) and nothing that leads to it", name, types.parts[name])
			}
		}
	}
	return nil
}

// contentTypes are the kinds of parts: by lower-case name, and by the ending of
// the name where it is not listed.
type contentTypes struct {
	parts, endings map[string]string
}

func (t contentTypes) of(part string) string {
	if kind, listed := t.parts[strings.ToLower(part)]; listed {
		return kind
	}
	return t.endings[strings.TrimPrefix(path.Ext(strings.ToLower(part)), ".")]
}

func (p *pack) contentTypes() (contentTypes, error) {
	t := contentTypes{parts: map[string]string{}, endings: map[string]string{}}
	if !p.has(contentTypesPart) {
		return t, p.in.problem(0, "archive", "The file is a zip archive, not an export.", "Unpack the archive and give the exports in it as files of their own.")
	}
	x, err := p.xml(contentTypesPart, nil)
	if err != nil {
		return t, err
	}
	defer x.close()
	if err := x.root(spaceTypes, "Types"); err != nil {
		return t, err
	}
	err = x.each(func() error {
		kind := string(x.attr("ContentType"))
		switch string(x.name) {
		case "Override":
			t.parts[strings.ToLower(strings.TrimPrefix(string(x.attr("PartName")), "/"))] = kind
		case "Default":
			t.endings[strings.ToLower(string(x.attr("Extension")))] = kind
		default:
			return x.fail("there is a <%.60s> among the content types", x.name)
		}
		return nil
	})
	if err != nil {
		return t, err
	}
	return t, x.end()
}

const contentTypesPart = "[Content_Types].xml"

// relations are what a part refers to, by id.
type relations map[string]relation

// A relation is one reference. Its kind is the end of the type's address.
type relation struct {
	kind     string
	part     string // full name in the package
	external bool
}

// only is the part of a kind, "" when there is none. The first by id, where
// there are several.
func (r relations) only(kind string) string {
	id := ""
	for at, rel := range r {
		if rel.kind == kind && !rel.external && (id == "" || at < id) {
			id = at
		}
	}
	return r[id].part
}

// relations reads the relationships of a part, "" for those of the package. A
// part without any has none.
func (p *pack) relations(of string) (relations, error) {
	folder, base := path.Split(of)
	name := folder + "_rels/" + base + ".rels"
	all := relations{}
	if !p.has(name) {
		return all, nil
	}
	x, err := p.xml(name, nil)
	if err != nil {
		return nil, err
	}
	defer x.close()
	if err := x.root(spaceRelation, "Relationships"); err != nil {
		return nil, err
	}
	err = x.each(func() error {
		id := string(x.attr("Id"))
		if _, twice := all[id]; twice || id == "" || string(x.name) != "Relationship" {
			return x.fail("two relationships have the same id %.40q, or one has none", id)
		}
		r := relation{kind: path.Base(string(x.attr("Type"))), external: string(x.attr("TargetMode")) == "External"}
		if target := strings.ReplaceAll(string(x.attr("Target")), `\`, "/"); !r.external {
			if !strings.HasPrefix(target, "/") {
				target = "/" + folder + target
			}
			r.part = strings.TrimPrefix(path.Clean(target), "/")
		}
		all[id] = r
		return nil
	})
	if err != nil {
		return nil, err
	}
	return all, x.end()
}

// boolean is an attribute that says yes or no; absent is no.
func (x *xmlReader) boolean(name string) (bool, error) {
	switch value := x.attr(name); string(value) {
	case "1", "true", "on", "t":
		return true, nil
	case "", "0", "false", "off", "f":
		return false, nil
	default:
		return false, x.fail("%s=%.40q is neither yes nor no", name, value)
	}
}
