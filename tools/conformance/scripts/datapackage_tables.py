"""The `datapackage` of Python reads every table by its schema and checks what it refers to."""

from datapackage import Package

from tools.conformance.scripts.published import compare, count, demand, names

package = Package("datapackage.json")
demand(package.valid, f"datapackage.json is not valid: {package.errors}")
tables = {each.name: each for each in package.resources}
demand(list(tables) == names(), f"it has other tables: {list(tables)}")
for name, table in tables.items():
    compare(name, table.read(keyed=True))
    table.check_relations()
count(*(tables[name].read(keyed=True) for name in ("casualties", "detentions")))
