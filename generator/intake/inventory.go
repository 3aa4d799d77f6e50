package intake

import (
	"cmp"
	"strings"

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
	s.Retired = isRetired(s.Status)
	r.identify(s.InventoryID)
	if r.ok() {
		set.Systems = append(set.Systems, s)
	}
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
