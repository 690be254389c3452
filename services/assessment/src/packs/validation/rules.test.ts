import { describe, expect, test } from '@jest/globals'
import { factKinds } from '../../facts/kinds/fact-kinds.ts'
import { packDocument } from '../documents/pack.ts'
import { findingsOf, isPublishable } from './findings.ts'
import { broken, countingBy, type LawfulPack, lawfulPack } from './lawful-pack.ts'
import { rules } from './rules.ts'

const refusedBy = (pack: unknown) => [
  ...new Set(findingsOf(pack).flatMap(({ kind, rule }) => (kind === 'REFUSED' ? [rule] : []))),
]
const withField = (name: string, value: unknown = true) => ({ ...lawfulPack(), [name]: value })
const member = (change: (scale: LawfulPack['scales'][0]) => void) => broken(({ scales }) => change(scales[0]))

describe('R1 to R15: a pack that breaks a rule is refused by it', () => {
  test('R1 R2 R14 the lawful pack is not refused, so that what follows is refused for what was changed', () => {
    expect(findingsOf(lawfulPack()).filter(({ kind }) => kind !== 'NOTE')).toEqual([])
    expect(packDocument.safeParse(lawfulPack()).success).toBe(true)
  })

  test('R1 an indicator reads kinds of facts that the work leaves, and there is no other to read', () => {
    const pack = countingBy('其他', 'SCREEN_EVENTS')
    expect(findingsOf(pack).find(({ code }) => code === 'UNKNOWN_REFERENCE')?.path).toBe(
      'scales[0].indicators[1].reads.kind',
    )
    expect(isPublishable(findingsOf(pack))).toBe(false)
    const forbidden = /LOGIN|ONLINE|READ|LIKE|REPOST|SHARE|VOTE|PHOTO|TRACK|GPS|INSTALL|SIGN|FAMILY|RANK/
    expect(Object.keys(factKinds).filter(kind => forbidden.test(kind))).toEqual([])
  })

  test.each([
    ['without a basis', undefined],
    ['with an empty source', { certainty: 'COUNTY', source: ' ', article: '' }],
    ['with a certainty that nobody knows', { certainty: 'HEARSAY', source: '听说', article: '' }],
  ])('R2 an indicator %s is not published', (_, basis) => {
    const pack = member(({ indicators: [first] }) => Object.assign(first ?? {}, { basis }))
    expect(findingsOf(pack).some(({ path }) => path.startsWith('scales[0].indicators[0].basis'))).toBe(true)
    expect(isPublishable(findingsOf(pack))).toBe(false)
  })

  test.each([
    ['a board', withField('board', { top: 50 })],
    ['a leaderboard of a scale', member(scale => Object.assign(scale, { leaderboard: true }))],
    ['a list that is published', withField('publish', 'PUBLIC')],
    ['an indicator by rank', countingBy('全区排名前50名')],
    ['a grade by rank', member(({ grades: [first] }) => Object.assign(first ?? {}, { title: '末位' }))],
  ])('R3 %s is refused', (_, pack) => {
    expect(refusedBy(pack)).toEqual(['R3'])
  })

  test.each([
    ['a grade that expels', member(({ grades }) => Object.assign(grades[1] ?? {}, { title: '劝退除名' }))],
    [
      'a grade that ends probation',
      member(({ grades }) => Object.assign(grades[1] ?? {}, { title: '取消预备党员资格' })),
    ],
    [
      'a light that punishes',
      broken(({ scales }) => Object.assign(scales[1].lights[0] ?? {}, { title: '红灯：免职' })),
    ],
    ['a consequence', withField('consequence', 'EXPEL')],
    ['an effect on standing', member(({ grades }) => Object.assign(grades[1] ?? {}, { standing: 'CANCELLED' }))],
  ])('R4 %s is refused', (_, pack) => {
    expect(refusedBy(pack)).toEqual(['R4'])
  })

  test('R4 what a body in charge decided may be a fact, and the grades of the appraisal may be named', () => {
    expect(refusedBy(countingBy('受到党内警告处分', 'DISCIPLINE'))).toEqual([])
    expect(refusedBy(member(({ grades }) => Object.assign(grades[1] ?? {}, { title: '不合格' })))).toEqual([])
  })

  test.each([
    ['points for scanning', countingBy('主题党日扫码签到')],
    ['points for a place', countingBy('每日打卡')],
    ['a setting for it', withField('signIn', 'REQUIRED')],
  ])('R5 %s are refused', (_, pack) => {
    expect(refusedBy(pack)).toEqual(['R5'])
  })

  test.each([
    ['pictures', countingBy('活动照片上传')],
    ['screenshots', countingBy('截图佐证')],
    ['essays', countingBy('心得体会')],
    ['a field for evidence', member(({ indicators: [first] }) => Object.assign(first ?? {}, { photos: 3 }))],
  ])('R6 %s are refused', (_, pack) => {
    expect(refusedBy(pack)).toEqual(['R6'])
  })

  test('R7 a pack adds no fields or forms and counts none; what it asks by hand is told to whoever publishes it', () => {
    expect(refusedBy(withField('fields', [{ name: '思想动态' }]))).toEqual(['R7'])
    expect(refusedBy(countingBy('填表数量'))).toEqual(['R7'])
    expect(findingsOf(lawfulPack())).toEqual([
      expect.objectContaining({
        kind: 'NOTE',
        code: 'ASKED_BY_HAND',
        rule: 'R7',
        zh: expect.stringContaining('1 类事实须由人记录'),
      }),
    ])
  })

  test.each([
    [
      'a deduction that confirms itself',
      member(({ indicators: [first] }) => Object.assign(first ?? {}, { automatic: true })),
    ],
    ['one that needs no hearing', member(({ indicators: [first] }) => Object.assign(first ?? {}, { confirmed: true }))],
    ['one that cannot be appealed', withField('noAppeal')],
    ['one that says so', countingBy('逾期自动扣分')],
  ])('R8 %s is refused', (_, pack) => {
    expect(refusedBy(pack)).toEqual(['R8'])
  })

  test.each([
    ['reminders of its own', withField('reminders', [{ at: '22:00' }])],
    ['a push', withField('push', 'MONTHLY')],
    ['points for quick replies', countingBy('消息回复率')],
  ])('R9 %s are refused', (_, pack) => {
    expect(refusedBy(pack)).toEqual(['R9'])
  })

  test.each(['OLD', 'ILL', 'FLOATING', 'ABROAD'])(
    'R10 a scale of members that does not say how it treats %s is refused',
    reason => {
      const pack = member(scale => {
        scale.exemptions = scale.exemptions.filter(one => one.reason !== reason)
      })
      expect(refusedBy(pack)).toEqual(['R10'])
      expect(findingsOf(pack)[0]?.zh).toContain(`没有写明如何对待 ${reason}`)
    },
  )

  test('R10 what people write down and did not is not known; of what events tell absence may count', () => {
    const byHand = broken(({ scales }) => Object.assign(scales[1].indicators[0] ?? {}, { absence: 'COUNTS' }))
    expect(findingsOf(byHand).map(({ code, path }) => [code, path])).toEqual([
      ['ABSENCE_COUNTS', 'scales[1].indicators[0].absence'],
    ])
    expect(refusedBy(byHand)).toEqual(['R10'])
    expect(refusedBy(lawfulPack())).toEqual([])
  })

  test.each([
    ['a rate of installing', countingBy('安装率')],
    ['registrations', countingBy('注册人数')],
    ['statistics of use', withField('usage', 'WEEKLY')],
  ])('R11 %s is refused', (_, pack) => {
    expect(refusedBy(pack)).toEqual(['R11'])
  })

  test.each([
    ['petitions', '越级上访', 'CONDUCT'],
    ['reports', '举报次数', 'CONDUCT'],
    ['the family', '家属参与违法信访', 'LAW_BREACH'],
    ['the children', '子女违法', 'LAW_BREACH'],
  ])('R12 %s are refused', (_, title, kind) => {
    expect(refusedBy(countingBy(title, kind))).toEqual(['R12'])
  })

  test('R12 an unlawful petition may count where a court or the police decided, and every such fact names which', () => {
    expect(refusedBy(countingBy('违法上访（经公安机关认定）', 'LAW_BREACH'))).toEqual([])
    expect(factKinds.LAW_BREACH.attributes.decidedBy.values).toEqual(['COURT', 'POLICE'])
  })

  test.each([
    ['time of study in the app', '学习时长', 'TRAINING'],
    ['quizzes', '在线答题', 'TRAINING'],
    ['class hours from elsewhere', '培训学时', 'SERVICE'],
  ])('R13 %s are refused', (_, title, kind) => {
    expect(refusedBy(countingBy(title, kind))).toEqual(['R13'])
  })

  test('R13 hours of the course register are hours of learning', () => {
    expect(refusedBy(countingBy('集中培训学时', 'TRAINING'))).toEqual([])
  })

  test('R14 no decision turns it on: a pack that was refused once is refused whatever it says of its basis', () => {
    const pack = countingBy('登录次数')
    Object.assign(pack.scales[0].indicators[1] ?? {}, {
      basis: { certainty: 'LAW', source: '县委常委会决定启用登录计分', article: '第一条' },
    })
    expect(refusedBy(pack)).toEqual(['R14'])
    expect(isPublishable(findingsOf(pack))).toBe(false)
  })

  test.each([
    ['a setting for it', withField('emergencySignIn', { until: '2026-12-31' })],
    ['points for it', countingBy('应急签到')],
  ])('R15 emergency sign-in stands in no pack: %s is refused', (_, pack) => {
    expect(refusedBy(pack)).toEqual(['R15'])
  })

  test.each(Object.entries(rules))(
    'R14 the text of %s stands in both languages, with where it comes from',
    (_, rule) => {
      expect(rule.zh.length).toBeGreaterThan(10)
      expect(rule.en.length).toBeGreaterThan(20)
      expect(rule.from).toMatch(/《|国办函/)
    },
  )
})
