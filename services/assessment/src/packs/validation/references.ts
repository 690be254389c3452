import type { FactKindRule } from '../../facts/kinds/fact-kind-rule.ts'
import { factKinds } from '../../facts/kinds/fact-kinds.ts'
import type { Indicator, PackDocument, Scale } from '../documents/pack.ts'
import { remedies } from '../remedies/remedies.ts'
import { type Finding, refused, wrong } from './finding.ts'

const ruleOf = (kind: string): FactKindRule | undefined =>
  Object.hasOwn(factKinds, kind) ? factKinds[kind as keyof typeof factKinds] : undefined

const missing = (path: string, found: string, what: { zh: string; en: string }, wanted: readonly string[]): Finding =>
  wrong(path, 'UNKNOWN_REFERENCE', {
    zh: `没有${what.zh}“${found}”；可用的是：${wanted.join('、') || '（无）'}`,
    en: `There is no ${what.en} “${found}”; there are: ${wanted.join(', ') || 'none'}`,
  })

/** Two of one name: which of them is meant nobody can tell. */
function doubles(path: string, parts: readonly { key: string }[]): Finding[] {
  const keys = parts.map(({ key }) => key)
  return keys.flatMap((key, i) =>
    keys.indexOf(key) === i
      ? []
      : wrong(`${path}[${i}].key`, 'KEY_TWICE', {
          zh: `“${key}”已经用过，同一处的代号不能重复`,
          en: `“${key}” is used already; keys of one place differ`,
        }),
  )
}

const lengths = { MONTH: 1, QUARTER: 3, HALF_YEAR: 6, YEAR: 12 } as const
type Reads = { kind: string; of: 'SELF' | 'MEMBERS' | 'BELOW' }

/** Whether the facts are of whom the scale is for, or of those that stand there. */
function readsFault(path: string, { kind, of }: Reads, subject: Scale['subject']): Finding[] {
  const rule = ruleOf(kind)
  if (!rule) return [missing(`${path}.kind`, kind, { zh: '事实种类', en: 'kind of facts' }, Object.keys(factKinds))]
  const isPerson = rule.subject === 'MEMBER'
  const fits = {
    SELF: isPerson === (subject === 'MEMBER'),
    MEMBERS: isPerson && subject !== 'MEMBER',
    BELOW: !isPerson && subject === 'ABOVE',
  }[of]
  if (fits) return []
  const [zh, en] = isPerson ? ['党员', 'a member'] : ['党组织', 'an organisation']
  return [
    wrong(`${path}.of`, 'READS_WHOSE', {
      zh: `“${rule.name.zh}”是${zh}的事实，此标准用“${of}”读不到；党员标准读 SELF，支部标准读党员的用 MEMBERS，上级标准读下级的用 BELOW`,
      en: `${kind} is a fact of ${en}, which ${of} does not find on this scale; a scale of members reads SELF, one of branches MEMBERS for its people, one of what is above BELOW`,
    }),
  ]
}

function indicatorFaults(path: string, indicator: Indicator, scale: Scale): Finding[] {
  const groups = scale.groups.map(({ key }) => key)
  const found: Finding[] = []
  if (!groups.includes(indicator.group))
    found.push(missing(`${path}.group`, indicator.group, { zh: '类别', en: 'group' }, groups))
  if (indicator.remedy !== undefined && !Object.hasOwn(remedies, indicator.remedy))
    found.push(missing(`${path}.remedy`, indicator.remedy, { zh: '整改建议', en: 'remedy' }, Object.keys(remedies)))
  if ('kind' in indicator.reads) {
    found.push(...readsFault(`${path}.reads`, indicator.reads, scale.subject))
    const told = ruleOf(indicator.reads.kind)?.told
    return told === 'BY_HAND' ? [...found, ...absenceFaults(path, indicator)] : found
  }
  const fits = indicator.reads.scores === 'MEMBERS' ? scale.subject === 'BRANCH' : scale.subject === 'ABOVE'
  if (!fits)
    found.push(
      wrong(`${path}.reads.scores`, 'SCORES_WHOSE', {
        zh: '支部标准汇总党员得分用 MEMBERS，上级标准汇总下级得分用 BELOW，党员标准不汇总',
        en: 'a scale of branches sums up MEMBERS, one of what is above BELOW, one of members nothing',
      }),
    )
  if (indicator.per === 'FACT')
    found.push(
      wrong(`${path}.per`, 'SCORES_PER_FACT', {
        zh: '汇总得分的指标按期间计，不能按每件事实计',
        en: 'an indicator over scores goes by a span of time, not by facts',
      }),
    )
  return found
}

/** R10 of what is written down by hand: that nobody wrote is no fault of whom it is about. */
const absenceFaults = (path: string, { absence, per }: Indicator): Finding[] =>
  absence === 'COUNTS' && per !== 'FACT'
    ? [
        refused(`${path}.absence`, 'ABSENCE_COUNTS', 'R10', {
          zh: '由人填报的事实没有记录时应为 NOT_KNOWN，不得当作没有做到',
          en: 'What is written down by hand and was not is NOT_KNOWN here, and not undone',
        }),
      ]
    : []

function exemptionFaults(path: string, scale: Scale, scales: readonly Scale[]): Finding[] {
  const keys = scale.indicators.map(({ key }) => key)
  return scale.exemptions.flatMap(({ effect, indicators = [], scale: own }, i) => {
    const at = `${path}.exemptions[${i}]`
    const unknown = indicators
      .filter(key => !keys.includes(key))
      .map(key => missing(`${at}.indicators`, key, { zh: '指标', en: 'indicator' }, keys))
    if (effect !== 'OWN_SCALE') return unknown
    const fitting = scales.filter(one => one.subject === scale.subject && one.key !== scale.key).map(({ key }) => key)
    return own !== undefined && fitting.includes(own)
      ? unknown
      : [
          ...unknown,
          missing(`${at}.scale`, own ?? '', { zh: '另行计算的标准', en: 'other scale of the same subjects' }, fitting),
        ]
  })
}

const order = (path: string, zh: string, en: string) => wrong(path, 'ORDER', { zh, en })

function gradeFaults(path: string, { grades }: Scale): Finding[] {
  return grades.flatMap(({ from }, i) => {
    const last = i === grades.length - 1
    const before = grades[i - 1]?.from
    const fits = last ? from === null : from !== null && (i === 0 || (before ?? 0) > from)
    return fits
      ? []
      : order(
          `${path}.grades[${i}].from`,
          '等次由高到低排列，只有最后一等没有起点分',
          'grades go from the highest down, and only the last has no beginning',
        )
  })
}

function lightFaults(path: string, scale: Scale): Finding[] {
  return scale.lights.flatMap(({ by }, i) => {
    const at = `${path}.lights[${i}].by`
    if ('missed' in by) return readsFault(`${at}.reads`, by.reads, scale.subject)
    if ('lit' in by) {
      if (scale.subject === 'MEMBER')
        return order(at, '亮灯人数占比只用于党组织标准', 'a share of lit members is for scales of organisations')
      return by.off <= by.on
        ? []
        : order(`${at}.off`, '灭灯的占比不得高于亮灯的占比', 'a light goes out at no higher share than it goes on at')
    }
    return by.off >= by.below
      ? []
      : order(`${at}.off`, '灭灯的分数不得低于亮灯的分数', 'a light goes out at no lower score than it goes on at')
  })
}

function scaleFaults(path: string, scale: Scale, document: PackDocument): Finding[] {
  const { base, floor = Number.NEGATIVE_INFINITY, cap = Number.POSITIVE_INFINITY } = scale
  const within = (low: number, high: number) => low <= high
  const groups = scale.groups.flatMap((group, i) =>
    within(group.floor ?? Number.NEGATIVE_INFINITY, group.cap ?? Number.POSITIVE_INFINITY)
      ? []
      : order(`${path}.groups[${i}].floor`, '下限不得高于上限', 'a floor is not above its cap'),
  )
  return [
    ...doubles(`${path}.groups`, scale.groups),
    ...doubles(`${path}.indicators`, scale.indicators),
    ...doubles(`${path}.grades`, scale.grades),
    ...doubles(`${path}.lights`, scale.lights),
    ...groups,
    ...(within(floor, base) && within(base, cap)
      ? []
      : [order(`${path}.base`, '基础分应在下限与上限之间', 'base points lie between floor and cap')]),
    ...scale.indicators.flatMap((indicator, i) => indicatorFaults(`${path}.indicators[${i}]`, indicator, scale)),
    ...exemptionFaults(path, scale, document.scales),
    ...gradeFaults(path, scale),
    ...lightFaults(path, scale),
  ]
}

/** A scale that nobody reaches, since one before it takes all of its subjects and no exemption leads to it. */
function unreachable({ scales }: PackDocument): Finding[] {
  const targets = new Set(scales.flatMap(({ exemptions }) => exemptions.map(({ scale }) => scale)))
  return scales.flatMap(({ key, subject }, i) => {
    const before = scales.slice(0, i).find(one => one.subject === subject && one.for === undefined)
    return before && !targets.has(key)
      ? wrong(`scales[${i}].key`, 'SCALE_UNREACHABLE', {
          zh: `“${key}”用不到：前面的“${before.key}”已适用于所有同类对象；请给它写明适用条件 for，或把本标准放到前面`,
          en: `Nobody comes to “${key}”: “${before.key}” before it is for all; give that one a \`for\`, or put this one first`,
        })
      : []
  })
}

function indexFaults({ scales, indices }: PackDocument): Finding[] {
  return indices.flatMap(({ of, from }, i) => {
    const fitting = scales.filter(({ subject }) => subject === of)
    const at = `indices[${i}]`
    if (fitting.length === 0) return missing(`${at}.of`, of, { zh: '对象的标准', en: 'scale of subjects' }, [])
    const [name, keys] =
      'groups' in from
        ? (['groups', from.groups] as const)
        : (['indicators', 'indicators' in from ? from.indicators : []] as const)
    const known = fitting.flatMap(scale => scale[name].map(({ key }) => key))
    const what = name === 'groups' ? { zh: '类别', en: 'group' } : { zh: '指标', en: 'indicator' }
    return keys.filter(key => !known.includes(key)).map(key => missing(`${at}.from`, key, what, known))
  })
}

function drawFaults({ scales, draw }: PackDocument): Finding[] {
  if (!draw) return []
  const twice = doubles('draw.items', draw.items ?? [])
  const carrying = scales
    .filter(({ subject }) => subject === 'BRANCH')
    .flatMap(({ indicators }) => indicators.filter(({ carry }) => carry).map(({ key }) => key))
  return carrying.includes(draw.indicator)
    ? twice
    : [
        ...twice,
        missing(
          'draw.indicator',
          draw.indicator,
          { zh: '沿用上期得分的支部指标', en: 'indicator of branches that is carried over' },
          carrying,
        ),
      ]
}

/** Spans that are no longer than what the sheet is for, or end in one of its sheets: `PERIOD` and a half year need care. */
const spanFaults = ({ scales, period }: PackDocument): Finding[] =>
  scales.flatMap(({ indicators }, s) =>
    indicators.flatMap(({ per, capPer, cap }, i) =>
      per !== 'FACT' && per !== 'PERIOD' && cap !== undefined && capPer === 'PERIOD' && lengths[per] > lengths[period]
        ? wrong(`scales[${s}].indicators[${i}].capPer`, 'CAP_SHORTER', {
            zh: '指标的计分期比成绩单的期间长，上限应按年（YEAR）计',
            en: 'where an indicator goes by a longer span than the sheet, its cap is for the YEAR',
          })
        : [],
    ),
  )

/** What a document names that is not there, twice there, or out of order. */
export const referencesOf = (document: PackDocument): Finding[] => [
  ...doubles('scales', document.scales),
  ...doubles('indices', document.indices),
  ...document.scales.flatMap((scale, i) => scaleFaults(`scales[${i}]`, scale, document)),
  ...unreachable(document),
  ...indexFaults(document),
  ...drawFaults(document),
  ...spanFaults(document),
]
