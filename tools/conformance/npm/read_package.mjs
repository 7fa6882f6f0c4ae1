// The `datapackage` of npm reads every table by its schema; references apart, since it joins keys that share a column.

import datapackage from 'datapackage'

const found = await datapackage.Package.load('datapackage.json')
if (!found.valid) throw new Error(`datapackage.json is not valid: ${found.errors}`)
const tables = {}
for (const resource of found.resources) tables[resource.name] = await resource.read({ keyed: true, relations: false })
const total = (rows, column) => rows.reduce((sum, row) => sum + row[column], 0)
const dead = tables.casualties.filter((row) => row.outcome === 'death')
console.log(`${total(dead, 'count_best')} deaths, at least ${total(tables.detentions, 'count_low')} detained`)
