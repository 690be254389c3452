import { recordAudit } from '@linghang/access'
import { publish } from '@linghang/events'
import {
  type DevelopmentPolicy,
  deadlineRules,
  developmentTemplates,
  longestReviewMonths,
  mostCasesEach,
  policyFaults,
  rungs,
  stepKeys,
} from '@linghang/rulebook'
import { z } from 'zod'
import { useCase } from '../../work.ts'
import { fail } from './errors.ts'
import { policyStore } from './store.ts'

const step = z.enum(stepKeys)
const term = z.object({ step, months: z.int() })
const policy = z.object({
  effectiveFrom: z.iso.date(),
  article: z.string().min(1).max(200),
  source: z.string().min(1).max(500),
  materials: z.array(z.object({ step, template: z.enum(developmentTemplates) })).max(100),
  earliest: z.array(term).max(25),
  latest: z.array(term).max(25),
  notices: z.array(z.object({ step, workingDays: z.int() })).max(25),
  training: z.object({ days: z.int().max(60), hours: z.int().max(500) }).nullable(),
  ladders: z
    .array(z.object({ rule: z.enum(deadlineRules), rungs: z.array(z.enum(rungs)).min(1).max(rungs.length) }))
    .max(deadlineRules.length),
  practice: z.object({
    noticeFromNextDay: z.boolean(),
    probationReviewMonths: z.int().min(1).max(longestReviewMonths).nullable(),
    relativesKeptOut: z.boolean(),
    casesPerCompanion: z.int().min(1).max(mostCasesEach).nullable(),
    preReviewInMeeting: z.boolean(),
  }),
})

type Issue = z.core.$ZodIssue | undefined

/** What stood at the place that is refused, as far as it is short enough to be said again. */
function valueAt(input: unknown, path: readonly PropertyKey[]): string {
  const value = path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], input)
  return (JSON.stringify(value) ?? '').slice(0, 100)
}

/** What a place wants, in both languages. */
function wantedOf(issue: Issue): { wanted: string; wantedZh: string } {
  if (issue?.code === 'invalid_value') {
    const values = issue.values.map(String).join(', ')
    return { wanted: `one of ${values}`, wantedZh: `下列之一：${values}` }
  }
  if (issue?.code === 'too_small') return { wanted: `${issue.minimum} at least`, wantedZh: `不少于 ${issue.minimum}` }
  if (issue?.code === 'too_big') return { wanted: `${issue.maximum} at most`, wantedZh: `不超过 ${issue.maximum}` }
  return { wanted: 'what the schema says', wantedZh: '符合接口说明的值' }
}

/** @throws DomainError BAD_INPUT with the first place that is not right */
function parsePolicy(input: unknown): DevelopmentPolicy {
  const parsed = policy.safeParse(input)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const field = issue?.path.join('.') ?? ''
    return fail('BAD_INPUT', { field, found: valueAt(input, issue?.path ?? []), ...wantedOf(issue) })
  }
  const { article, source, ladders, ...terms } = parsed.data
  return {
    ...terms,
    citation: { article, source, certainty: 'VERIFIED' },
    ladders: Object.fromEntries(ladders.map(({ rule, rungs: steps }) => [rule, steps])),
  }
}

/**
 * Sets what the county asks beyond the national rules, from a day on. Cases follow the policy that was in force when
 * their step was opened; those whose open step it holds for already are told of it behind the request.
 * @throws DomainError FORBIDDEN, BAD_INPUT, POLICY_REFUSED with the national number and its article, POLICY_DATE_TAKEN
 */
export const setDevelopmentPolicy = useCase('setDevelopmentPolicy', async (work, input: unknown): Promise<string> => {
  const { tx, actor } = work
  if (!actor.grants.some(({ role, orgId }) => role === 'ADMIN' && orgId === null))
    fail('FORBIDDEN', { wanted: 'ADMIN' })
  const wanted = parsePolicy(input)
  const [fault] = policyFaults(wanted)
  if (fault)
    fail('POLICY_REFUSED', {
      step: fault.step,
      reason: fault.code,
      found: fault.found,
      wanted: fault.wanted,
      article: fault.citation?.article ?? '',
      source: fault.citation?.source ?? '',
    })
  const { effectiveFrom } = wanted
  const written = await policyStore.insert(tx, {
    id: work.newId(),
    countyId: actor.countyId,
    effectiveFrom,
    policy: wanted,
    setBy: actor.accountId,
    setAt: work.now,
  })
  if (!written) fail('POLICY_DATE_TAKEN', { found: effectiveFrom })
  await recordAudit(work, [
    { orgId: null, action: 'development-policy.set', subjectType: 'County', subjectId: actor.countyId },
  ])
  await publish(work, [
    { type: 'members.policy.set.v1', orgId: null, subject: actor.countyId, data: { effectiveFrom, after: null } },
  ])
  return effectiveFrom
})
