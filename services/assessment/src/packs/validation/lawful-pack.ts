/** A small pack that may be published, from which tests break one thing at a time. */
export function lawfulPack() {
  const basis = { certainty: 'COUNTY', source: '某县组织部文件', article: '第一条' }
  const exemptions = (['OLD', 'ILL', 'FLOATING', 'ABROAD'] as const).map(reason => ({
    ...{ reason, effect: 'NOT_COUNTED' },
    indicators: ['CLASS'],
  }))
  const member = {
    ...{ key: 'MEMBER', title: '党员', subject: 'MEMBER', base: 60, exemptions },
    groups: [{ key: 'LIFE', title: '党内生活' }],
    indicators: [
      {
        ...{
          key: 'CLASS',
          title: '参加党课',
          group: 'LIFE',
          kind: 'BASE',
          basis,
          per: 'QUARTER',
          points: '3',
          absence: 'COUNTS',
        },
        reads: { kind: 'ATTENDANCE', where: "fact.meetingKind == 'CLASS' && fact.attendance == 'PRESENT'" },
        remedy: 'ATTEND',
      },
    ] as Record<string, unknown>[],
    grades: [
      { key: 'GOOD', title: '优秀', from: 80 },
      { key: 'REST', title: '一般', from: null },
    ] as Record<string, unknown>[],
    lights: [] as Record<string, unknown>[],
  }
  const branch = {
    ...{ key: 'BRANCH', title: '党支部', subject: 'BRANCH' },
    groups: [{ key: 'WORK', title: '支部工作' }],
    indicators: [
      {
        ...{ key: 'LEDGER', title: '台账检查', group: 'WORK', kind: 'BASE', basis, per: 'PERIOD', points: 'latest' },
        ...{ absence: 'NOT_KNOWN', carry: true, cap: 40, reads: { kind: 'LEDGER_CHECK' } },
      },
      {
        ...{
          key: 'PEOPLE',
          title: '党员平均分',
          group: 'WORK',
          kind: 'BASE',
          basis,
          per: 'PERIOD',
          points: 'mean * 0.5',
        },
        ...{ absence: 'NOT_KNOWN', reads: { scores: 'MEMBERS' } },
      },
    ] as Record<string, unknown>[],
    lights: [
      { key: 'MANY', title: '红灯党员多', colour: 'RED', by: { lit: 'RED', on: 0.2, off: 0.15 }, basis },
    ] as Record<string, unknown>[],
  }
  return {
    ...{ format: 1, key: 'county', title: '某县党建考核办法', summary: '按季计分。', period: 'QUARTER' },
    scales: [member, branch] as [typeof member, typeof branch],
    indices: [{ key: 'LOYALTY', title: '忠诚指数', of: 'BRANCH', combine: 'SUM', from: { score: true } }] as Record<
      string,
      unknown
    >[],
    draw: { whiteShare: 0.2, indicator: 'LEDGER' },
  }
}

export type LawfulPack = ReturnType<typeof lawfulPack>

/** The pack with one thing changed. */
export function broken(change: (pack: LawfulPack) => void): LawfulPack {
  const pack = lawfulPack()
  change(pack)
  return pack
}

/** The pack with an indicator of members that is called so, and reads facts of a kind that anybody may write down. */
export const countingBy = (title: string, kind = 'CONDUCT'): LawfulPack =>
  broken(({ scales: [member] }) => {
    member.indicators.push({
      ...{
        key: 'MORE',
        title,
        group: 'LIFE',
        kind: 'PLUS',
        per: 'FACT',
        points: '1',
        absence: 'NOT_KNOWN',
        reads: { kind },
      },
      basis: { certainty: 'COUNTY', source: '某县组织部文件', article: '' },
    })
  })
