import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { migrationsOf, readMigrations, services } from '@linghang/migrations'
import { breaksOf } from '@linghang/migrations/expand'
import { checksumOf } from '@linghang/migrations/files'

/** What was there when the rule came, by service and name, with the checksum that databases have recorded. */
const before = JSON.parse(readFileSync(join(import.meta.dirname, 'migrations-before.json'), 'utf8')) as Record<
  string,
  string
>

const all = async () =>
  (
    await Promise.all(
      services.map(async service =>
        (await readMigrations(migrationsOf(service))).map(file => ({ key: `${service}/${file.name}`, ...file })),
      ),
    )
  ).flat()

describe('migrations that are on main', () => {
  test('platform stay as they were applied, to the letter', async () => {
    const now = new Map((await all()).map(file => [file.key, checksumOf(file)]))
    const changed = Object.entries(before).filter(([key, checksum]) => now.get(key) !== checksum)
    expect(changed.map(([key]) => key)).toEqual([])
    expect(Object.keys(before).length).toBeGreaterThan(100)
  })

  test('platform and those that follow only add, or say which release stopped using what goes (docs/upgrading.md)', async () => {
    const later = (await all()).filter(({ key }) => before[key] === undefined)
    expect(later.flatMap(({ key, sql }) => breaksOf(sql).map(line => `${key} ${line}`))).toEqual([])
  })
})
