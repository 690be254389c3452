import { connection, ref, requireFirst, toId } from '@linghang/subgraph'
import { factKinds } from '../../facts/kinds/fact-kinds.ts'
import { sourceOf } from '../../facts/reading/source.ts'
import type { Resolvers, ScoreSheetResolvers } from '../../generated/schema-types.ts'
import type { Context } from '../../work.ts'
import {
  countMemberSheetsAt,
  countOfMember,
  countOfOrganisation,
  derivedOf,
  memberSheetsAt,
  sheetsOfMember,
  sheetsOfOrganisation,
} from './read-sheets.ts'
import { type Derived, indicatorsOf, inPoints, mendsOf, type SheetRow } from './sheet-row.ts'

/** What a sheet says now; a subject that is no longer measured says what was kept of it. */
const derived = async (context: Context, { id }: SheetRow): Promise<Derived> => {
  const found = await context.load(derivedOf, id)
  if (!found) throw new Error('a sheet that was shown cannot be worked out')
  return found
}

const from =
  <T>(read: (derived: Derived) => T) =>
  async (row: SheetRow, _: unknown, context: Context): Promise<T> =>
    read(await derived(context, row))

const byTime = (row: SheetRow): string[] => [row.periodUntil, row.periodFrom, row.id]

const sheet: ScoreSheetResolvers = {
  id: ({ id }) => toId('ScoreSheet', id),
  ref: ({ id }) => toId('ScoreSheet', id),
  member: ({ subjectType, subjectId }) => (subjectType === 'MEMBER' ? ref('Member', subjectId) : null),
  organisation: ({ orgId }) => ref('Organisation', orgId),
  from: ({ periodFrom }) => periodFrom,
  until: ({ periodUntil }) => periodUntil,
  state: ({ publishedOn }) => (publishedOn === null ? 'LIVE' : 'PUBLISHED'),
  pack: from(({ sheet: { pack }, document }) => ({ ...pack, title: document.title })),
  scale: from(({ scale }) => scale.title),
  score: from(({ sheet: { score } }) => inPoints(score)),
  base: from(({ scale }) => scale.base),
  attainable: from(({ sheet: { attainable } }) => inPoints(attainable)),
  grade: from(({ sheet: { grade }, scale }) => scale.grades.find(({ key }) => key === grade)?.title ?? null),
  hash: from(({ hash }) => hash),
  groups: from(({ sheet: { groups }, scale }) =>
    scale.groups.map(({ key, title, weight, cap }) => {
      const { points = 0, counted = 0 } = groups.find(one => one.key === key) ?? {}
      return { key, title, weight, cap: cap ?? null, points: inPoints(points), counted: inPoints(counted) }
    }),
  ),
  indicators: async (row, { group }, context) =>
    indicatorsOf(await derived(context, row)).filter(({ indicator }) => group == null || indicator.group === group),
  lights: from(({ sheet: { lights }, scale }) =>
    lights.map(light => ({ ...light, title: scale.lights.find(({ key }) => key === light.key)?.title ?? light.key })),
  ),
  next: async (row, { first }, context) =>
    mendsOf(await derived(context, row)).slice(0, Math.min(20, requireFirst(first))),
}

export const sheetResolvers: Resolvers = {
  ScoreSheet: sheet,
  ScoreIndicator: {
    key: ({ indicator }) => indicator.key,
    title: ({ indicator }) => indicator.title,
    group: ({ indicator }) => indicator.group,
    kind: ({ indicator }) => indicator.kind,
    basis: ({ indicator }) => indicator.basis,
    cap: ({ indicator }) => indicator.cap ?? null,
    capOfYear: ({ indicator }) => indicator.capPer === 'YEAR',
    counted: ({ counted }) => inPoints(counted),
    lines: ({ sheetId, indicator, lines }, { first }) =>
      lines.slice(0, requireFirst(first)).map(line => ({ ...line, sheetId, of: indicator })),
  },
  ScoreLine: {
    from: ({ span }) => span.from,
    until: ({ span }) => span.until,
    points: ({ points }) => inPoints(points),
    counted: ({ counted }) => inPoints(counted),
    adjustment: ({ adjusted }) => adjusted && { from: inPoints(adjusted.from), reason: adjusted.reason },
    mend: ({ mend, of }) => mend && { indicator: of, ...mend },
    facts: ({ facts }, { first }) => facts.slice(0, requireFirst(first)),
  },
  ScoreMend: {
    indicator: ({ indicator }) => indicator.key,
    title: ({ indicator }) => indicator.title,
    points: ({ points }) => inPoints(points),
  },
  ScoreFact: {
    title: ({ kind }, _, { language }) => factKinds[kind].name[language === 'en' ? 'en' : 'zh'],
    source: ({ source: { type, id }, orgId }, _, context) =>
      sourceOf(context, { sourceType: type, sourceId: id, orgId }),
    quantity: ({ quantity }) => inPoints(quantity),
    member: ({ subjectId, kind }) => (factKinds[kind].subject === 'MEMBER' ? ref('Member', subjectId) : null),
  },
  Organisation: {
    scoreSheets: ({ uuid }, args, context) =>
      connection(context, args, {
        of: ['Organisation.scoreSheets', uuid],
        read: stretch => context.load(sheetsOfOrganisation, uuid, stretch),
        count: () => context.load(countOfOrganisation, uuid),
        place: byTime,
      }),
    memberSheets: ({ uuid }, { on, lit, ...args }, context) => {
      const day = on ?? context.today
      return connection(context, args, {
        of: ['Organisation.memberSheets', uuid, day, lit],
        read: stretch => context.load(memberSheetsAt, uuid, { on: day, lit }, stretch),
        count: () => context.load(countMemberSheetsAt, uuid, { on: day, lit }),
        place: ({ subjectId, id }) => [subjectId, id],
      })
    },
  },
  Member: {
    scoreSheets: ({ uuid }, args, context) =>
      connection(context, args, {
        of: ['Member.scoreSheets', uuid],
        read: stretch => context.load(sheetsOfMember, uuid, stretch),
        count: () => context.load(countOfMember, uuid),
        place: byTime,
      }),
  },
}
