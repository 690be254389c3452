import { room } from '../../work.ts'
import { table } from './errors.ts'
import { type Answer, answersByKind, hearDecisions } from './hear-decisions.ts'

/** What organisations ask of their superiors (报批), and who acts on what was decided. */
export const requests = (...answers: Answer[]) =>
  room({ errors: table, reactions: { decisions: [hearDecisions(answersByKind(answers))] } })
