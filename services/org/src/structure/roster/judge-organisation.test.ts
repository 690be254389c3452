import { describe, expect, test } from '@jest/globals'
import type { Row } from '@linghang/rosters'
import type { OrganisationColumn } from './columns.ts'
import { judgeOrganisation } from './judge-organisation.ts'

const today = '2026-11-22'

const row = (cells: Partial<Record<OrganisationColumn, string>>): Row<OrganisationColumn> => ({
  line: 2,
  findings: [],
  cells: {
    code: '330299000000002',
    name: '示范镇党委',
    kind: '党委',
    superiorCode: '330299000000001',
    regionCode: '330299',
    unitKind: '街道乡镇',
    establishedOn: '1990-01-01',
    termStart: '2022-05-22',
    termEnd: '2027-05-21',
    secretaryName: '王伟',
    phone: '0574-80000001',
    ...cells,
  },
})

const codes = (cells: Partial<Record<OrganisationColumn, string>>) =>
  judgeOrganisation(row(cells), today).findings.map(({ severity, code }) => `${severity} ${code}`)

describe('S0-36 judges a row of an organisation roster', () => {
  test('S0-36 reads an organisation as the roster means it', () => {
    const typed = {
      code: '３３０２９９００００００００２',
      kind: '基层党委',
      termStart: '2022.5.22',
      termEnd: '2027年5月21日',
    }
    const judged = judgeOrganisation(row({ ...typed, name: ' 示范镇 党委' }), today)
    expect(judged.findings).toEqual([])
    expect(judged.organisation).toEqual({
      code: '330299000000002',
      name: '示范镇党委',
      kind: 'COMMITTEE',
      superiorCode: '330299000000001',
      regionCode: '330299',
      unitKind: 'SUBDISTRICT_OR_TOWN',
      establishedOn: '1990-01-01',
      term: { start: '2022-05-22', end: '2027-05-21' },
      secretaryName: '王伟',
      phone: '0574-80000001',
    })
  })

  test.each([
    ['县级党委', 'COUNTY_COMMITTEE'],
    ['党委', 'COMMITTEE'],
    ['党工委', 'WORK_COMMITTEE'],
    ['机关党委', 'ORGAN_COMMITTEE'],
    ['总支', 'GENERAL_BRANCH'],
    ['党支部', 'BRANCH'],
    ['联合党支部', 'JOINT_BRANCH'],
    ['临时 党支部', 'TEMPORARY_BRANCH'],
  ])('S0-36 reads the kind %p as %s', (kind, code) => {
    expect(judgeOrganisation(row({ kind }), today).organisation?.kind).toBe(code)
  })

  test.each([
    ['no name', { name: '　' }, ['ERROR NAME_MISSING']],
    ['no code', { code: '' }, ['ERROR CODE_MISSING']],
    ['a bad code', { code: '镇党委' }, ['ERROR BAD_ORGANISATION_CODE']],
    ['a code that a spreadsheet damaged', { code: '3.30299E+14' }, ['ERROR CODE_DAMAGED_BY_SPREADSHEET']],
    ['a bad superior', { superiorCode: '县委' }, ['ERROR BAD_ORGANISATION_CODE']],
    ['no superior', { superiorCode: '' }, []],
    ['an unknown kind', { kind: '办公室' }, ['ERROR UNKNOWN_ORGANISATION_KIND']],
    ['no kind', { kind: '' }, ['ERROR KIND_MISSING']],
    ['a bad region', { regionCode: '3302' }, ['WARNING BAD_REGION_CODE']],
    ['set up today', { establishedOn: '2026-11-22' }, []],
    ['set up tomorrow', { establishedOn: '2026-11-23' }, ['ERROR FUTURE_DATE']],
    ['a term from tomorrow', { termStart: '2026-11-23' }, ['ERROR FUTURE_DATE']],
    ['a term that ends as it starts', { termEnd: '2022-05-22' }, ['ERROR TERM_ENDS_BEFORE_START']],
    ['a term of a day', { termEnd: '2022-05-23' }, []],
    ['a term of six years', { termEnd: '2028-05-22' }, []],
    ['a term of six years and a day', { termEnd: '2028-05-23' }, ['WARNING TERM_TOO_LONG']],
    ['a branch of an organ, three years and one', { kind: '党支部', unitKind: '机关', termEnd: '2026-05-22' }, []],
    [
      'a branch of an organ, a day longer',
      { kind: '党支部', unitKind: '机关', termEnd: '2026-05-23' },
      ['WARNING TERM_TOO_LONG'],
    ],
    ['a general branch of a school', { kind: '党总支', unitKind: '学校' }, ['WARNING TERM_TOO_LONG']],
    ['a branch of a village, five years', { kind: '党支部', unitKind: '村' }, []],
    ['a branch of a community, six years', { kind: '党支部', unitKind: '社区', termEnd: '2028-05-22' }, []],
    ['a branch whose unit is not given', { kind: '党支部', unitKind: '' }, []],
    ['units as offices call them', { unitKind: '民营企业' }, []],
    ['a term of which the end alone is known', { termStart: '' }, []],
    ['a term without an end', { termEnd: '' }, ['WARNING TERM_INCOMPLETE']],
    ['a bad phone', { phone: '123' }, ['WARNING PHONE_NOT_READABLE']],
  ])('S0-36 with %s', (_, cells, wanted) => {
    expect(codes(cells)).toEqual(wanted)
  })

  test('S0-36 gives no organisation where there is an error, and its code all the same', () => {
    expect(judgeOrganisation(row({ name: '' }), today)).toMatchObject({ code: '330299000000002', organisation: null })
  })

  test('S0-38 the end of a term is enough to be reminded of it (支部工作条例 art. 21)', () => {
    const termOf = (cells: object) => judgeOrganisation(row(cells), today).organisation?.term
    expect(termOf({ termStart: '' })).toEqual({ start: null, end: '2027-05-21' })
    expect(termOf({ termEnd: '' })).toBeNull()
    expect(termOf({ termStart: '', termEnd: '' })).toBeNull()
  })
})
