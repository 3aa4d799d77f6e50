package intake

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"proofpack/generator/evidence"
)

// readSystem reads one system of the inventory. Its id is the first of
// system_id, name and fqdn that is filled.
func readSystem(r *row, set *evidence.Set) {
	s := evidence.System{
		Pos: r.pos(), InInventory: true,
		Name: r.text("name"), FQDN: r.text("fqdn"), Serial: r.text("serial"),
		IP: strings.Join(r.list("ip"), ";"), MAC: strings.Join(r.list("mac"), ";"),
		Kind: r.text("kind"), OS: r.text("os"), Version: r.text("version"), ConfigHash: r.text("config_hash"), Owner: r.person("owner"),
		Services: r.list("service_id"), RunsOn: r.list("runs_on"), DependsOn: r.list("depends_on"),
		Monitored: r.answer("monitored"), SupportEnds: r.day("support_ends"), LastSeen: r.day("last_seen"), Added: r.day("added"),
		Status: r.text("status"), Vendor: r.text("vendor"), DataClass: r.text("data_class"),
		Public: r.answer("public"), BackupInScope: r.answer("backup_in_scope"),
		LogCovered: r.answer("log_covered"), LogDays: r.days("log_retention_days"), BackupDays: r.days("backup_retention_days"),
	}
	s.InventoryID = cmp.Or(r.text("system_id"), s.Name, s.FQDN, r.fallbackID())
	if s.InventoryID == "" {
		r.reject("no system_id, name or fqdn")
	}
	s.ID = s.InventoryID
	if s.Name == "" {
		s.Name = s.InventoryID
	}
	s.Class = classOf(s.Kind)
	if s.Class == evidence.ClassOther && s.Kind == "" {
		s.Class = classOf(s.OS)
	}
	s.Virtual = virtual(&s, r.text("model"))
	s.Retired = isRetired(s.Status)
	r.identify(s.InventoryID)
	if r.ok() {
		set.Systems = append(set.Systems, s)
	}
}

// virtualWords are kinds and models of virtual machines, and of what is none.
var virtualWords = []phrase[evidence.Answer]{
	{"physical", evidence.No}, {"bare metal", evidence.No},
	{"virtual machine", evidence.Yes}, {"virtual server", evidence.Yes}, {"virtual platform", evidence.Yes}, {"virtualmachine", evidence.Yes},
	{"virtual guest", evidence.Yes}, {"vm", evidence.Yes}, {"guest", evidence.Yes}, {"kvm", evidence.Yes}, {"qemu", evidence.Yes},
}

// virtualSerials and virtualMACs are how the serial numbers and the hardware
// addresses begin that virtualization gives out.
var (
	virtualSerials = []string{"vmware-", "0000-00", "ec2"}
	virtualMACs    = []string{"005056", "000c29", "000569", "00155d", "525400", "0a0027", "080027", "bc2411"}
)

// virtual tells whether a system is a virtual machine. A serial number that
// virtualization did not give out is that of a machine; network gear, storage,
// hosts and what people sit at are machines of their own. Of every other system
// that does not say, nobody knows.
func virtual(s *evidence.System, model string) evidence.Answer {
	for _, text := range []string{s.Kind, model} {
		if answer, found := phraseIn(foldWords(text), virtualWords); found && s.Class != evidence.ClassHypervisor {
			return answer
		}
	}
	for _, mac := range strings.Split(s.MAC, ";") {
		bare := strings.ToLower(strings.NewReplacer(":", "", "-", "", ".", "", " ", "").Replace(mac))
		if len(bare) == 12 && s.Class != evidence.ClassHypervisor && hasPrefix(bare, virtualMACs) {
			return evidence.Yes
		}
	}
	switch {
	case s.Class != evidence.ClassHypervisor && hasPrefix(strings.ToLower(s.Serial), virtualSerials):
		return evidence.Yes
	case strings.IndexFunc(s.Serial, unicode.IsDigit) >= 0:
		return evidence.No
	}
	switch s.Class {
	case evidence.ClassDatabase, evidence.ClassWeb, evidence.ClassDomainController, evidence.ClassBackup, evidence.ClassServer:
		return evidence.Unknown
	case evidence.ClassHypervisor, evidence.ClassStorage, evidence.ClassEdge, evidence.ClassWorkstation, evidence.ClassLine,
		evidence.ClassCloud, evidence.ClassOther:
	}
	if isBlank(s.Kind) {
		return evidence.Unknown
	}
	return evidence.No
}

func hasPrefix(text string, beginnings []string) bool {
	return slices.ContainsFunc(beginnings, func(b string) bool { return strings.HasPrefix(text, b) })
}

// systemNames are the systems that the inventory's rows relate to.
func systemNames(set *evidence.Set, visit visitor) {
	for i := range set.Systems {
		s := &set.Systems[i]
		if !s.InInventory {
			continue
		}
		for k := range s.RunsOn {
			visit(mention{pos: s.Pos, name: &s.RunsOn[k]})
		}
		for k := range s.DependsOn {
			visit(mention{pos: s.Pos, name: &s.DependsOn[k], end: true})
		}
	}
}
