import { Readable } from 'node:stream'
import { describe, expect, test } from '@jest/globals'
import { type FaultKind, memberFaults, organisationFaults } from './faults.ts'
import { generateRoster, type RosterOptions } from './generate-roster.ts'
import { codesByLine, judgeFiles } from './judge-files.ts'

const today = '2026-11-22'
const expected: Record<FaultKind, string | null> = { ...memberFaults, ...organisationFaults }
const everyFault = Object.fromEntries(Object.keys(expected).map(kind => [kind, 2]))

const bytes = (lines: Iterable<string>) => Readable.from(lines).map((line: string) => Buffer.from(line))

async function judgeGenerated(options: RosterOptions) {
  const roster = generateRoster(options)
  return { roster, ...(await judgeFiles(bytes(roster.organisations()), bytes(roster.members()), options.today)) }
}

describe('the generator of rosters', () => {
  test('platform generates a roster in which every row is right and every stage occurs', async () => {
    const judged = await judgeGenerated({ organisations: 300, members: 3_000, seed: 7, today })
    expect([...judged.organisationErrors, ...judged.memberErrors].map(({ message }) => message.en)).toEqual([])
    expect([judged.acceptedOrganisations, judged.acceptedLines.size]).toEqual([300, 3_000])
    expect([...judged.kinds].sort()).toEqual(['ACTIVIST', 'APPLICANT', 'CANDIDATE', 'FULL', 'PROBATIONARY'])
  })

  test('platform shows every stage in the smallest roster', async () => {
    const judged = await judgeGenerated({ organisations: 3, members: 5, seed: 1, today })
    expect([judged.acceptedOrganisations, judged.acceptedLines.size, judged.kinds.size]).toEqual([3, 5, 5])
  })

  test.each([1, 2, 3])('1.1 finds every planted fault by its code, and nothing else (seed %p)', async seed => {
    const options = { organisations: 200, members: 2_000, seed, today, faults: everyFault }
    const { roster, ...judged } = await judgeGenerated(options)
    const errors = {
      'organisations.csv': codesByLine(judged.organisationErrors),
      'members.csv': codesByLine(judged.memberErrors),
    }
    expect(roster.planted).toHaveLength(Object.keys(expected).length * 2)
    for (const { file, line, kind } of roster.planted) {
      const code = expected[kind]
      const codes = errors[file].get(line) ?? []
      expect([kind, codes]).toEqual([kind, code === null ? [] : expect.arrayContaining([code])])
    }
    const wrong = roster.planted.filter(({ kind }) => expected[kind] !== null)
    const lines = (file: string) => wrong.filter(fault => fault.file === file).map(({ line }) => line)
    expect([...errors['organisations.csv'].keys()].sort()).toEqual(lines('organisations.csv').sort())
    expect([...errors['members.csv'].keys()].sort()).toEqual(lines('members.csv').sort())
  })

  test('platform gives the same bytes for the same seed and others for another', () => {
    const text = (seed: number) => {
      const roster = generateRoster({ organisations: 30, members: 200, seed, today, faults: { birth: 3 } })
      return [...roster.organisations(), ...roster.members(), JSON.stringify(roster.planted)].join('')
    }
    expect(text(5)).toBe(text(5))
    expect(text(5)).not.toBe(text(6))
  })

  test('platform refuses to plant more faults than there are rows', () => {
    expect(() => generateRoster({ organisations: 3, members: 8, seed: 1, today, faults: { birth: 4 } })).toThrow(
      RangeError,
    )
  })
})
