import { z } from 'zod'

/**
 * A pack as data (考核办法): what is counted of whom, for how much, on what basis. Everything that a county may decide of
 * scoring stands in here, and nothing of it in code.
 */

const key = z.string().regex(/^[A-Z][A-Z0-9_]{0,39}$/)
const text = (most: number) => z.string().trim().min(1).max(most)
/** Points with at most two decimals. */
const points = z.number().min(-10_000).max(10_000).multipleOf(0.01)
const expression = z.string().trim().min(1).max(500)

const basis = z.strictObject({
  /** SEED: a number of one of the five articles; LAW: a regulation; PRACTICE: a published table; COUNTY: its own decision. */
  certainty: z.enum(['SEED', 'LAW', 'PRACTICE', 'COUNTY']),
  source: text(200),
  article: z.string().trim().max(100),
})

/** Which facts an indicator reads. */
const reads = z.strictObject({
  kind: key,
  /** SELF: the subject's own; MEMBERS: those of people that stand at this organisation; BELOW: those of organisations below it. */
  of: z.enum(['SELF', 'MEMBERS', 'BELOW']).default('SELF'),
  /** CEL, bool: which of them count; over `fact`, `subject`, `period`. */
  where: expression.optional(),
})

const indicator = z.strictObject({
  key,
  title: text(100),
  group: key,
  /** BASE and PLUS give points; MINUS proposes a deduction, VETO a lower grade: both count once a person has confirmed them (R8). */
  kind: z.enum(['BASE', 'PLUS', 'MINUS', 'VETO']),
  basis,
  /** Facts, or the scores of those below (`scores`): its members' for a branch, its branches' for what is above. */
  reads: z.union([reads, z.strictObject({ scores: z.enum(['MEMBERS', 'BELOW']) })]),
  /** Once for each fact, or once for each of these spans that the sheet's period has. */
  per: z.enum(['FACT', 'MONTH', 'QUARTER', 'HALF_YEAR', 'YEAR', 'PERIOD']),
  /**
   * CEL, bool: whether it applies to the span; over `count` (facts that count), `total` (all of the kind), `sum` and
   * `latest` (their quantities), `subject`, `period`; with scores, `mean`, `count`, `share` instead.
   */
  when: expression.optional(),
  /** CEL, double: how many points then, positive; over the same, and `fact` where it is once for each fact. */
  points: expression,
  /** At most so many points of it in `capPer`. */
  cap: points.positive().optional(),
  capPer: z.enum(['PERIOD', 'YEAR']).default('PERIOD'),
  /** What no fact of the kind in a span means: that it did not happen, or that it is not known (R10) and not counted. */
  absence: z.enum(['COUNTS', 'NOT_KNOWN']),
  /** Where a span has no fact of it the one before it still counts (ledger score of who was not drawn, S0-18). */
  carry: z.boolean().default(false),
  /** Which remedy of the library helps. */
  remedy: key.optional(),
})

const group = z.strictObject({
  key,
  title: text(100),
  /** Of its points so much counts, 1 for all. */
  weight: z.number().min(0).max(10).multipleOf(0.0001).default(1),
  cap: points.optional(),
  floor: points.optional(),
})

const exemption = z.strictObject({
  reason: z.enum(['OLD', 'ILL', 'NEW', 'FLOATING', 'SECONDED', 'ABROAD']),
  /** NOT_SCORED: no sheet for whoever is exempt through the whole period; NOT_COUNTED: these indicators are left out; OWN_SCALE: another scale. */
  effect: z.enum(['NOT_SCORED', 'NOT_COUNTED', 'OWN_SCALE']),
  indicators: z.array(key).max(200).optional(),
  scale: key.optional(),
})

const light = z.strictObject({
  key,
  title: text(100),
  colour: z.enum(['RED', 'YELLOW', 'GREEN', 'GREY']),
  /** What is missed in a month that is over: an expression over its facts, as an indicator's; or a share of lit members. */
  by: z.union([
    z.strictObject({ reads, missed: expression, on: z.int().min(1).max(12), off: z.int().min(1).max(12) }),
    z.strictObject({ lit: z.enum(['RED', 'YELLOW']), on: z.number().gt(0).max(1), off: z.number().gt(0).max(1) }),
    z.strictObject({ score: z.literal(true), below: points, off: points }),
  ]),
  basis,
})

const grade = z.strictObject({ key, title: text(50), from: points.nullable() })

const scale = z.strictObject({
  key,
  title: text(100),
  /** Whom it is for: members, branches, or what stands above branches. */
  subject: z.enum(['MEMBER', 'BRANCH', 'ABOVE']),
  /** CEL, bool, over `subject`: whom of them; the first scale that fits is taken. */
  for: expression.optional(),
  base: points.default(0),
  floor: points.optional(),
  cap: points.optional(),
  groups: z.array(group).min(1).max(20),
  indicators: z.array(indicator).min(1).max(200),
  exemptions: z.array(exemption).max(50).default([]),
  /** From the highest to the lowest; the last has no `from`. A veto that was confirmed gives the last. */
  grades: z.array(grade).max(10).default([]),
  lights: z.array(light).max(10).default([]),
})

const index = z.strictObject({
  key,
  title: text(50),
  /** Over which sheets below an organisation, and how they are put together. */
  of: z.enum(['MEMBER', 'BRANCH']),
  combine: z.enum(['SUM', 'MEAN']),
  /** Which points of them: all, of groups, or of indicators. */
  from: z.union([
    z.strictObject({ score: z.literal(true) }),
    z.strictObject({ groups: z.array(key).min(1).max(20) }),
    z.strictObject({ indicators: z.array(key).min(1).max(50) }),
  ]),
})

const draw = z.strictObject({
  /** How much of the white list is drawn where the committee says nothing else. */
  whiteShare: z.number().gt(0).max(1),
  /** Which indicator of branches the review of a ledger counts for. */
  indicator: key,
  /** What is judged of a ledger and for how many points; left out: what committees commonly look at. */
  items: z
    .array(z.strictObject({ key, title: text(100), most: z.number().positive().max(1_000).multipleOf(0.01) }))
    .min(1)
    .max(30)
    .optional(),
})

export const packDocument = z.strictObject({
  format: z.literal(1),
  key: z.string().regex(/^[a-z][a-z0-9-]{1,39}$/),
  title: text(100),
  summary: text(1_000),
  /** For which time a sheet is. */
  period: z.enum(['MONTH', 'QUARTER', 'YEAR']),
  scales: z.array(scale).min(1).max(10),
  indices: z.array(index).max(12).default([]),
  /** With whom averages compare: organisations of the same kind, or all. */
  peers: z.enum(['KIND', 'ALL']).default('KIND'),
  /** How ledgers are drawn each quarter (S0-18); left out where none are. */
  draw: draw.optional(),
})

export type PackDocument = z.infer<typeof packDocument>
export type Scale = PackDocument['scales'][number]
export type Indicator = Scale['indicators'][number]
export type IndicatorKind = Indicator['kind']
export type Light = Scale['lights'][number]
export type PackDraw = NonNullable<PackDocument['draw']>
export type PackIndex = PackDocument['indices'][number]
