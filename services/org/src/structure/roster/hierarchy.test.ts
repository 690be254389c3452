import { describe, expect, test } from '@jest/globals'
import type { OrganisationKind } from './columns.ts'
import { judgeHierarchy, orderBySuperior, type RegisteredOrganisation } from './hierarchy.ts'
import type { JudgedOrganisation, OrganisationRecord } from './judge-organisation.ts'

const record = (code: string, superiorCode: string | null, kind: OrganisationKind): OrganisationRecord => ({
  ...{ code, superiorCode, kind, name: code, regionCode: null, unitKind: null },
  ...{ establishedOn: null, term: null, secretaryName: null, phone: null },
})

type Sketch = [code: string, superior: string, kind?: OrganisationKind | 'refused']

/** Rows from line 2 on; `-` is no superior. */
const rowsOf = (sketches: Sketch[]): JudgedOrganisation[] =>
  sketches.map(([code, superior, kind = 'COMMITTEE'], index) => {
    const superiorCode = superior === '-' ? null : superior
    const organisation = kind === 'refused' ? null : record(code, superiorCode, kind)
    return { line: index + 2, code, superiorCode, organisation, silent: new Set(), findings: [] }
  })

const registered = (entries: Sketch[]): Map<string, RegisteredOrganisation> =>
  new Map(
    entries.map(([code, superior, kind]) => [
      code,
      { superiorCode: superior === '-' ? null : superior, ...(kind && kind !== 'refused' ? { kind } : {}) },
    ]),
  )

const judge = (sketches: Sketch[], existing: Sketch[] = []) =>
  judgeHierarchy(rowsOf(sketches), registered(existing)).map(({ line, code }) => `${line} ${code}`)

describe('S0-36 judges the tree of an organisation roster', () => {
  test.each<[string, Sketch[], Sketch[], string[]]>([
    [
      'a sound tree, inferiors first',
      [
        ['C', 'B'],
        ['B', 'A'],
        ['A', '-'],
      ],
      [],
      [],
    ],
    ['superiors that are registered only', [['C', 'A']], [['A', '-']], []],
    [
      'the same roster again',
      [
        ['A', '-'],
        ['B', 'A'],
      ],
      [
        ['A', '-'],
        ['B', 'A'],
      ],
      [],
    ],
    [
      'a code twice',
      [
        ['A', '-'],
        ['B', 'A'],
        ['B', 'A'],
      ],
      [],
      ['4 DUPLICATE_CODE'],
    ],
    [
      'a second root',
      [
        ['A', '-'],
        ['B', '-'],
        ['C', 'B'],
      ],
      [],
      ['3 MORE_THAN_ONE_ROOT', '4 SUPERIOR_REFUSED'],
    ],
    ['a root beside a registered one', [['B', '-']], [['A', '-']], ['2 MORE_THAN_ONE_ROOT']],
    [
      'a new root above the registered one',
      [
        ['N', '-'],
        ['A', 'N'],
      ],
      [['A', '-']],
      [],
    ],
    [
      'a new root above the registered one, its row behind',
      [
        ['A', 'N'],
        ['N', '-'],
      ],
      [['A', '-']],
      [],
    ],
    [
      'a new root while the registered one is not put below it, since its superior is unknown',
      [
        ['N', '-'],
        ['A', 'X'],
      ],
      [['A', '-']],
      ['2 MORE_THAN_ONE_ROOT', '3 UNKNOWN_SUPERIOR'],
    ],
    [
      'an unknown superior',
      [
        ['A', '-'],
        ['B', 'X'],
      ],
      [],
      ['3 UNKNOWN_SUPERIOR'],
    ],
    [
      'its own superior',
      [
        ['A', '-'],
        ['B', 'B'],
      ],
      [],
      ['3 SUPERIOR_CYCLE'],
    ],
    [
      'a cycle, and an organisation below it',
      [
        ['A', '-'],
        ['B', 'C'],
        ['C', 'D'],
        ['D', 'B'],
        ['E', 'B'],
      ],
      [],
      ['3 SUPERIOR_CYCLE', '4 SUPERIOR_CYCLE', '5 SUPERIOR_CYCLE', '6 SUPERIOR_REFUSED'],
    ],
    [
      'a cycle through registered ones',
      [['B', 'D']],
      [
        ['A', '-'],
        ['B', 'A'],
        ['C', 'B'],
        ['D', 'C'],
      ],
      ['2 SUPERIOR_CYCLE'],
    ],
    [
      'a swap of two registered ones',
      [
        ['B', 'C'],
        ['C', 'A'],
      ],
      [
        ['A', '-'],
        ['B', 'A'],
        ['C', 'B'],
      ],
      [],
    ],
    [
      'a swap whose other half is refused, so that it would close a cycle',
      [
        ['B', 'C'],
        ['C', 'A', 'refused'],
      ],
      [
        ['A', '-'],
        ['B', 'A'],
        ['C', 'B'],
      ],
      ['2 SUPERIOR_CYCLE'],
    ],
    [
      'a branch as a superior',
      [
        ['A', '-'],
        ['B', 'A', 'BRANCH'],
        ['C', 'B'],
      ],
      [],
      ['4 BRANCH_AS_SUPERIOR'],
    ],
    [
      'a joint branch as a superior',
      [
        ['A', '-'],
        ['B', 'A', 'JOINT_BRANCH'],
        ['C', 'B'],
      ],
      [],
      ['4 BRANCH_AS_SUPERIOR'],
    ],
    [
      'a registered branch as a superior',
      [['C', 'B']],
      [
        ['A', '-'],
        ['B', 'A', 'TEMPORARY_BRANCH'],
      ],
      ['2 BRANCH_AS_SUPERIOR'],
    ],
    [
      'a general branch as a superior',
      [
        ['A', '-'],
        ['B', 'A', 'GENERAL_BRANCH'],
        ['C', 'B', 'BRANCH'],
      ],
      [],
      [],
    ],
    [
      'a refused superior',
      [
        ['A', '-'],
        ['B', 'A', 'refused'],
        ['C', 'B'],
        ['D', 'C'],
      ],
      [],
      ['4 SUPERIOR_REFUSED', '5 SUPERIOR_REFUSED'],
    ],
    [
      'a refused superior that is registered',
      [
        ['B', 'A', 'refused'],
        ['C', 'B'],
      ],
      [
        ['A', '-'],
        ['B', 'A'],
      ],
      [],
    ],
  ])('S0-36 with %s', (_, sketches, existing, wanted) => {
    expect(judge(sketches, existing)).toEqual(wanted)
  })

  test('S0-36 names the ring, cut where it is long', () => {
    const ringOf = (codes: string[]) => {
      const sketches = codes.map((code, at): Sketch => [code, codes[(at + 1) % codes.length]!])
      return judgeHierarchy(rowsOf(sketches), new Map())[0]!.message.zh
    }
    expect(ringOf(['环一', '环三', '环二'])).toContain('（环一 → 环三 → 环二 → 环一）')
    const long = Array.from({ length: 300 }, (_, at) => `R${at}`)
    expect(ringOf(long)).toContain('（R0 → R1 → R2 → R3 → R4 → R5 → R6 → R7 → … → R0）')
    expect(ringOf(long.slice(0, 8))).toContain('R6 → R7 → R0）')
  })

  test('S0-36 names the earlier line of a code that stands twice', () => {
    const [finding] = judgeHierarchy(
      rowsOf([
        ['A', '-'],
        ['B', 'A'],
        ['B', 'A'],
      ]),
      new Map(),
    )
    expect(finding).toMatchObject({ line: 4, column: '党组织代码', found: 'B' })
    expect(finding!.message.zh).toContain('第 3 行')
  })

  test('platform puts every superior before its inferiors and leaves the rest in order', () => {
    const rows = [
      ['D', 'C'],
      ['B', 'A'],
      ['C', 'A'],
      ['A', 'X'],
      ['E', 'B'],
    ] as const
    const ordered = orderBySuperior(rows.map(([code, superiorCode]) => ({ code, superiorCode })))
    expect(ordered.map(({ code }) => code)).toEqual(['A', 'B', 'C', 'E', 'D'])
    expect(() => orderBySuperior([{ code: 'A', superiorCode: 'A' }])).toThrow(RangeError)
  })

  test('platform judges a chain of ten thousand without losing its breath', () => {
    const chain = Array.from(
      { length: 10_000 },
      (_, index): Sketch => [`N${index}`, index === 0 ? '-' : `N${index - 1}`],
    )
    expect(judge(chain.reverse())).toEqual([])
  })
})
