// hyparquet reads every Parquet file, and JSON.stringify writes each row: a BigInt would end it.

import { readFileSync, readdirSync } from 'node:fs'
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet'

const tables = {}
for (const { name, path } of JSON.parse(readFileSync('datapackage-parquet.json', 'utf-8')).resources) {
  const rows = await parquetReadObjects({ file: await asyncBufferFromFile(path) })
  tables[name] = JSON.parse(JSON.stringify(rows))
}
const days = tables.events.map((event) => event.date_earliest?.slice(0, 10))
if (days[0] !== '2025-06-27') throw new Error(`the first day is ${days[0]}`)
const total = (rows, column) => rows.reduce((sum, row) => sum + row[column], 0)
const dead = tables.casualties.filter((row) => row.outcome === 'death')
console.log(`${total(dead, 'count_best')} deaths, at least ${total(tables.detentions, 'count_low')} detained`)
