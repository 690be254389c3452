import type { StepKey } from '@linghang/rulebook'
import type { CaseFact, CaseStep, StepFinding } from '../../generated/schema-types.ts'
import type { Context } from '../../work.ts'
import { paperTitleOf } from '../forms/templates/all-templates.ts'
import type { Fact } from './facts.ts'
import type { Finding } from './judgement.ts'
import type { RecordedFact } from './store.ts'
import { stepIn, type ToldCase } from './tell-cases.ts'

const words = (context: Context, { zh, en }: { zh: string; en: string }): string =>
  context.language === 'en' ? en : zh

export const toFinding =
  (context: Context) =>
  (finding: Finding): StepFinding => ({
    code: finding.code,
    level: finding.level,
    found: typeof finding.found === 'string' ? finding.found : words(context, finding.found),
    wanted: words(context, finding.wanted),
    templates: finding.templates,
    ...finding.citation,
  })

export function toStep(context: Context, told: ToldCase, key: StepKey): CaseStep {
  const step = stepIn(told, key)
  const done = told.state.done[key]
  const isOpen = told.state.openStep === key
  return {
    number: step.number,
    key,
    stage: step.stage,
    title: words(context, step.title),
    guidance: words(context, step.guidance),
    caution: step.caution && words(context, step.caution),
    state: done ? 'DONE' : isOpen ? 'OPEN' : 'CLOSED',
    office: step.office,
    // The day of the political review is part of it, and not for the person whom it is about.
    doneOn: told.whole || key !== 'POLITICAL_REVIEW' ? (done?.on ?? null) : null,
    // A step that is still closed is to be done under the rules of the open one, unless they change before.
    ruleVersion: done ? done.version : told.rules.version,
    ...step.citation,
    warnings: done?.warnings ?? [],
    missing: isOpen ? told.missing.map(toFinding(context)) : [],
    papers: step.needs.flatMap(need =>
      need.kind === 'MATERIAL'
        ? [
            {
              templates: need.anyOf,
              titles: need.anyOf.map(paperTitleOf),
              required: need.level === 'BLOCK',
              filed: told.state.materials.some(one => one.step === key && need.anyOf.includes(one.template)),
            },
          ]
        : [],
    ),
  }
}

/** What a screen shows of a case: one has some 80 facts, and hardly ever several hundred. The dossier holds all. */
export const historyAtMost = 500

/** A word on a fact for its line in the history; ids and people stay out of it. */
function noteOf(fact: Fact): string | null {
  switch (fact.type) {
    case 'STEP_REOPENED':
    case 'RESUMED':
    case 'CONVERSION_POSTPONED':
    case 'NOTICE_CANCELLED':
    case 'ENDED':
      return fact.reason
    case 'REVIEW_HELD':
      return fact.kind
    case 'APPROVAL_DECIDED':
      return fact.outcome
    case 'MATERIAL_FILED':
      return fact.template
    case 'PEOPLE_ASSIGNED':
      return fact.as
    case 'ADOPTED':
      return fact.source
    case 'NOTICE_OPENED':
      return fact.until
    case 'POLICY_TAKEN_UP':
      return fact.effectiveFrom
    default:
      return null
  }
}

export const toFact = ({ seq, fact, recordedAt }: RecordedFact): CaseFact => ({
  seq,
  type: fact.type,
  on: fact.on,
  step: 'step' in fact ? fact.step : null,
  note: noteOf(fact),
  recordedAt,
})
