import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { breakingChanges, type EventSchema } from '../src/breaking-changes.ts'
import { eventTypes } from '../src/catalogue.ts'
import { eventDocuments } from '../src/export-schemas.ts'

const folder = resolve(import.meta.dirname, '../../../docs/events')
const repair = 'run: npm run events:schemas'
const committed = (name: string): string => readFileSync(join(folder, name), 'utf8')
const member = (): EventSchema => JSON.parse(committed('members.member.changed.v1.json'))

describe('platform event schemas', () => {
  test('platform the committed event documents are those of the catalogue, no more and no fewer', () => {
    const documents = eventDocuments()
    expect({
      files: readdirSync(folder)
        .filter(name => name.endsWith('.json') && name !== 'access.json')
        .sort(),
      repair,
    }).toEqual({
      files: Object.keys(documents).sort(),
      repair,
    })
    for (const [name, text] of Object.entries(documents))
      expect({ name, text: committed(name), repair }).toEqual({ name, text, repair })
  })

  test.each(eventTypes)('platform %s breaks no reader of the committed version', type => {
    const now = JSON.parse(eventDocuments()[`${type}.json`] as string)
    expect(breakingChanges(JSON.parse(committed(`${type}.json`)), now)).toEqual([])
  })

  const changed = (change: (data: EventSchema) => void): string[] => {
    const after = member()
    change(after.properties?.data as EventSchema)
    return breakingChanges(member(), after)
  }

  test('platform a field that is removed, newly required, optional all of a sudden or of another type breaks a reader', () => {
    expect(
      changed(data => {
        delete data.properties?.leftOn
        data.required = data.required?.filter(name => name !== 'leftOn')
      }),
    ).toEqual(['data.leftOn: removed', 'data.leftOn: no longer always there'])
    expect(
      changed(data => {
        data.properties = { ...data.properties, region: { type: 'string' } }
        data.required = [...(data.required ?? []), 'region']
      }),
    ).toEqual(['data.region: newly required'])
    expect(
      changed(data => {
        data.required = data.required?.filter(name => name !== 'kind')
      }),
    ).toEqual(['data.kind: no longer always there'])
    expect(
      changed(data => {
        data.properties = { ...data.properties, version: { type: 'string' } }
      }),
    ).toEqual(['data.version: another type'])
  })

  test('platform a new optional field breaks nobody', () => {
    expect(
      changed(data => {
        data.properties = { ...data.properties, region: { type: 'string' } }
      }),
    ).toEqual([])
  })
})
