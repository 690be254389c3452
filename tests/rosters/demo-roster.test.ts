import { createReadStream } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { codesByLine, judgeFiles } from './judge-files.ts'

const file = (name: string) => createReadStream(new URL(`../../deploy/local/demo/lucheng/${name}`, import.meta.url))

/** The faults that were planted when the demo district was generated, by line of members.csv. */
const planted: [line: number, code: string | null][] = [
  [8, 'FUTURE_DATE'],
  [86, 'BIRTH_DATE_NOT_AS_ID_NUMBER'],
  [108, 'NAME_MISSING'],
  [172, 'FULL_MEMBER_WITHIN_A_YEAR'],
  [239, null],
  [327, 'MONEY_NEGATIVE'],
  [365, 'UNKNOWN_BRANCH'],
  [381, 'DUPLICATE_PERSON'],
  [412, 'SEX_NOT_AS_ID_NUMBER'],
  [418, 'FULL_MEMBER_WITHIN_A_YEAR'],
  [488, 'JOINED_UNDER_18'],
  [497, 'ID_NUMBER_CHECKSUM'],
  [503, null],
  [547, null],
  [556, null],
  [578, 'JOINED_UNDER_18'],
  [610, null],
  [623, null],
  [624, 'MONEY_NEGATIVE'],
  [630, null],
  [675, 'DUPLICATE_PERSON'],
  [677, null],
  [775, null],
  [789, 'SEX_NOT_AS_ID_NUMBER'],
  [862, null],
  [895, 'ID_NUMBER_CHECKSUM'],
  [900, 'FUTURE_DATE'],
  [904, 'UNKNOWN_BRANCH'],
  [948, 'BIRTH_DATE_NOT_AS_ID_NUMBER'],
  [1030, null],
  [1040, null],
  [1136, 'NAME_MISSING'],
]

/** Not planted, but in the data: joined on 2025-10-21, three and 24 days before the eighteenth birthday. */
const underAge: [line: number, code: string][] = [
  [11, 'JOINED_UNDER_18'],
  [548, 'JOINED_UNDER_18'],
]

describe('the demo district', () => {
  test('1.1 refuses the planted faults of the demo roster, each by its own code, and no other row', async () => {
    const judged = await judgeFiles(file('organisations.csv'), file('members.csv'), '2026-11-22')
    expect(judged.organisationErrors).toEqual([])
    expect(judged.acceptedOrganisations).toBe(60)
    const wrong = [...planted.filter(([, code]) => code !== null), ...underAge]
    const errors = codesByLine(judged.memberErrors)
    expect([...errors.keys()].sort((one, other) => one - other)).toEqual(
      wrong.map(([line]) => line).sort((one, other) => one - other),
    )
    for (const [line, code] of wrong) expect([line, errors.get(line)]).toEqual([line, expect.arrayContaining([code])])
    expect(judged.acceptedLines.size).toBe(1186 - wrong.length)
    for (const [line, code] of planted) expect([line, judged.acceptedLines.has(line)]).toEqual([line, code === null])
  })
})
