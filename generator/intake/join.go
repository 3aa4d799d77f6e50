package intake

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// A mention is a place in a record where a system is named.
type mention struct {
	pos     diag.Pos
	name    *string // as written; the id once names are joined
	subject bool    // the row is about it; otherwise the row only relates to it
	end     bool    // it may be a service
	again   bool    // the same row names it again
}

// A visitor is handed every mention of a data set, in order.
type visitor func(mention)

// A stranger is a name that no system of the inventory answers to.
type stranger struct {
	key       string
	spellings map[string]int
	subjects  []diag.Pos
	relations []diag.Pos
	sets      map[string]int // rows whose subject it is
	related   map[string]int // rows that only relate to it
}

// A joiner joins the names of one run.
type joiner struct {
	*loader
	r         *resolver
	inputs    map[string]*evidence.Input
	strangers map[string]*stranger
	used      []map[string]int // by system: how often the other exports spell it how
	joins     map[evidence.Join]int
	told      map[string]bool
}

// joinNames gives every record the ids of the systems and services it names,
// lists weak joins, and makes systems of the names the inventory lacks.
func (l *loader) joinNames(found []*foundFile) {
	j := &joiner{
		loader: l, inputs: map[string]*evidence.Input{}, strangers: map[string]*stranger{},
		joins: map[evidence.Join]int{}, told: map[string]bool{},
	}
	for _, f := range found {
		if in := f.reading.Input; in != nil {
			j.inputs[place(in.File, in.Sheet)] = in
		}
	}
	j.uniqueServices()
	j.mergeInventory()
	j.r = newResolver(l.set.Systems, l.set.Services, l.opts.Config.Aliases)
	j.used = make([]map[string]int, len(l.set.Systems))
	j.each(j.look)
	j.oneName()
	j.chooseIDs()
	strange := j.addStrangers()
	j.each(func(set string, m mention) { j.settle(set, m, strange) })
	j.listNamed()
	j.listJoins()
	j.joinServices()
	j.joinResources()
	j.byWords()
}

func place(file, sheet string) string { return file + "\x00" + sheet }

// each visits every mention of every data set.
func (j *joiner) each(visit func(set string, m mention)) {
	for i := range dataSets {
		if d := &dataSets[i]; d.names != nil {
			d.names(j.set, func(m mention) {
				if strings.TrimSpace(*m.name) != "" {
					visit(d.Name, m)
				}
			})
		}
	}
}

// listNamed notes which systems each source names, by their ids.
func (j *joiner) listNamed() {
	known := map[string]bool{}
	for i := range j.set.Systems {
		known[j.set.Systems[i].ID] = true
	}
	named := map[*evidence.Input]map[string]bool{}
	j.each(func(_ string, m mention) {
		in := j.inputs[place(m.pos.File, m.pos.Sheet)]
		if in == nil || !known[*m.name] {
			return
		}
		if named[in] == nil {
			named[in] = map[string]bool{}
		}
		named[in][*m.name] = true
	})
	for in, ids := range named {
		in.Systems = slices.Sorted(maps.Keys(ids))
	}
}

// look counts what a mention says.
func (j *joiner) look(set string, m mention) {
	s := j.meant(m)
	if m.again {
		return
	}
	j.warnOfScripts(m)
	if s.system >= 0 {
		if m.subject && set != evidence.Inventory && spelt(s.by) && !s.beside {
			if j.used[s.system] == nil {
				j.used[s.system] = map[string]int{}
			}
			j.used[s.system][bare(*m.name)]++
		}
		return
	}
	if _, isService := j.r.service(*m.name); m.end && isService {
		return
	}
	j.doubt(m, s)
	name := cmp.Or(s.alias, *m.name)
	key := bareName(name)
	st := j.strangers[key]
	if st == nil {
		st = &stranger{key: key, spellings: map[string]int{}, sets: map[string]int{}, related: map[string]int{}}
		j.strangers[key] = st
	}
	st.spellings[bare(name)]++
	if m.subject && set != evidence.Inventory {
		st.subjects = append(st.subjects, m.pos)
		st.sets[set]++
	} else {
		st.relations = append(st.relations, m.pos)
		st.related[set]++
	}
}

// meant finds what a mention means: by its name, else by another name of the
// same system in the row.
func (j *joiner) meant(m mention) sense {
	s := j.r.find(*m.name)
	if s.system >= 0 || !m.subject {
		return s
	}
	for _, other := range j.spare[m.pos] {
		if o := j.r.find(other); o.system >= 0 {
			return sense{system: o.system, by: cmp.Or(o.by, "id"), beside: true}
		}
	}
	return s
}

// spelt tells whether a name that was joined this way can serve as the id of
// its system: numbers of hardware and addresses cannot, nor
// what only the configuration knows.
func spelt(by string) bool {
	return by == "" || by == "id" || by == "name" || by == "host name" || by == "FQDN"
}

// doubt says that a name can mean several systems: none was taken.
func (j *joiner) doubt(m mention, s sense) {
	if len(s.among) == 0 {
		return
	}
	j.tell(m.pos, "ambiguous-system",
		fmt.Sprintf("%q can be %s; none was taken.", clip(*m.name), strings.Join(j.r.named(s.among), " or ")),
		fmt.Sprintf("say which in proofpack.yml: `aliases: {SYSTEM: [%s]}`.", clip(*m.name)))
}

// warnOfScripts notes names whose letters look like those of another script.
func (j *joiner) warnOfScripts(m mention) {
	if mixed := mixedScripts(*m.name); mixed != nil {
		j.tell(m.pos, "mixed-script",
			fmt.Sprintf("%q mixes %s letters that look alike; it is joined with no name that only looks the same.", clip(*m.name), evidence.And(mixed)),
			"check that nobody passes one system off as another.")
	}
}

// tell adds a problem to the input of a row, once a name and file.
func (j *joiner) tell(pos diag.Pos, code, message, fix string) {
	in := j.inputs[place(pos.File, pos.Sheet)]
	if key := code + pos.File + pos.Sheet + message; in != nil && !j.told[key] {
		j.told[key] = true
		in.Problems = append(in.Problems, diag.At(pos, code, message, fix))
	}
}

// oneName joins strangers of which one is the host name and the other the full
// name, when only one full name has that host name.
func (j *joiner) oneName() {
	full := map[string][]string{}
	for key := range j.strangers {
		if domainOf(key) != "" {
			full[hostLabel(key)] = append(full[hostLabel(key)], key)
		}
	}
	keys := make([]string, 0, len(full))
	for label := range full {
		keys = append(keys, label)
	}
	slices.Sort(keys)
	for _, label := range keys {
		short := j.strangers[label]
		if short == nil || len(full[label]) != 1 {
			continue
		}
		long := j.strangers[full[label][0]]
		for s, n := range long.spellings {
			short.spellings[s] += n
		}
		for s, n := range long.sets {
			short.sets[s] += n
		}
		for s, n := range long.related {
			short.related[s] += n
		}
		short.subjects = append(short.subjects, long.subjects...)
		short.relations = append(short.relations, long.relations...)
		j.strangers[long.key] = short
	}
}

// chooseIDs gives every system of the inventory the identifier that the other
// exports use most; a tie goes to the inventory's.
func (j *joiner) chooseIDs() {
	taken := map[string]bool{}
	for i := range j.set.Systems {
		taken[fold(j.set.Systems[i].InventoryID)] = true
	}
	for i := range j.set.Systems {
		s := &j.set.Systems[i]
		s.ID = s.InventoryID
		counts := map[string]int{}
		for spelling, n := range j.used[i] {
			counts[fold(spelling)] += n
		}
		most, key := counts[fold(s.InventoryID)], fold(s.InventoryID)
		for _, k := range sortedKeys(counts) {
			if counts[k] > most && (!taken[k] || k == fold(s.InventoryID)) {
				most, key = counts[k], k
			}
		}
		if key != fold(s.InventoryID) {
			s.ID = mostOften(j.used[i], key)
			taken[key] = true
		}
	}
}

// mostOften is the spelling of a folded name that is written most often; of
// equals the first by the alphabet.
func mostOften(spellings map[string]int, key string) string {
	best := ""
	for _, s := range sortedKeys(spellings) {
		if fold(s) == key && (best == "" || spellings[s] > spellings[best]) {
			best = s
		}
	}
	return best
}

// addStrangers makes systems of the names that nothing answers to, and answers
// with the id of each.
func (j *joiner) addStrangers() map[string]string {
	ids := map[string]string{}
	done := map[*stranger]string{}
	for _, key := range sortedKeys(j.strangers) {
		st := j.strangers[key]
		if id, again := done[st]; again {
			ids[key] = id
			continue
		}
		id, n := "", 0
		for _, s := range sortedKeys(st.spellings) {
			if st.spellings[s] > n {
				id, n = s, st.spellings[s]
			}
		}
		rows, sets := st.subjects, st.sets
		if len(rows) == 0 {
			rows, sets = st.relations, st.related
		}
		slices.SortStableFunc(rows, comparePos)
		var names []string
		for _, s := range sortedKeys(st.spellings) {
			if s != id {
				names = append(names, s)
			}
		}
		j.set.Systems = append(j.set.Systems, evidence.System{Pos: rows[0], ID: id, Name: id, Names: names, Class: evidence.ClassOther})
		j.set.Unknown = append(j.set.Unknown, evidence.UnknownSystem{Name: id, Rows: rows, DataSet: sets})
		ids[key], done[st] = id, id
	}
	return ids
}

func comparePos(a, b diag.Pos) int {
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Sheet, b.Sheet), cmp.Compare(a.Row, b.Row))
}

// settle puts the id in the place of the name.
func (j *joiner) settle(_ string, m mention, strange map[string]string) {
	written := *m.name
	s := j.meant(m)
	switch {
	case s.system >= 0:
		sys := &j.set.Systems[s.system]
		*m.name = sys.ID
		if s.by != "" {
			j.joined(m, evidence.Join{Name: written, System: sys.ID, By: s.by})
			if n := bare(written); n != sys.ID && n != sys.Name && n != sys.FQDN && !slices.Contains(sys.Names, n) {
				sys.Names = append(sys.Names, n)
			}
		}
	default:
		if id, isService := j.r.service(written); m.end && isService {
			*m.name = id
			return
		}
		id := strange[bareName(cmp.Or(s.alias, written))]
		*m.name = id
		switch {
		case s.alias != "":
			j.joined(m, evidence.Join{Name: written, System: id, By: "alias"})
		case fold(id) != bareName(written):
			j.joined(m, evidence.Join{Name: written, System: id, By: "host name"})
		}
	}
}

// joined counts the rows of a weak join.
func (j *joiner) joined(m mention, join evidence.Join) {
	if !m.again {
		j.joins[join]++
	}
}

// listJoins lists the weak joins in order.
func (j *joiner) listJoins() {
	for join, n := range j.joins {
		join.Rows = n
		j.set.Joins = append(j.set.Joins, join)
	}
	slices.SortFunc(j.set.Joins, func(a, b evidence.Join) int {
		return cmp.Or(cmp.Compare(a.System, b.System), cmp.Compare(a.Name, b.Name), cmp.Compare(a.By, b.By))
	})
	for i := range j.set.Systems {
		slices.Sort(j.set.Systems[i].Names)
	}
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
