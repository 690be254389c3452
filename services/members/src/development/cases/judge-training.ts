import type { Need } from '@linghang/rulebook'
import { type Finding, finding, type Judged } from './judgement.ts'

/** Three days or 24 class hours, but for special cases; under the rules of 2026 it has to be passed as well. */
export function training(judged: Judged, need: Need & { kind: 'TRAINING' }): Finding[] {
  const { training: held, trainingPassed, trainingException } = judged.attempt.evidence
  const { days = 0, hours = 0 } = held ?? {}
  const trained = { zh: `${days} 天、${hours} 学时`, en: `${days} days, ${hours} class hours` }
  const how = { citation: need.citation, level: need.level }
  const wanted = {
    zh: `${need.days} 天或 ${need.hours} 学时以上`,
    en: `${need.days} days or ${need.hours} class hours`,
  }
  const short = days < need.days && hours < need.hours
  const level = trainingException ? 'WARN' : need.level
  const passed = { zh: '培训合格', en: 'that it was passed' }
  const found = {
    zh: trainingPassed === false ? '不合格' : '是否合格未填',
    en: trainingPassed === false ? 'failed' : 'not said',
  }
  return [
    ...(short ? [finding(judged, 'TRAINING_TOO_SHORT', trained, wanted, { ...how, level })] : []),
    // The text of 2026 is known at second hand: what was not said is let pass, what was failed is not.
    ...(trainingPassed === false || (need.pass && trainingPassed === undefined && !trainingException)
      ? [
          finding(judged, 'TRAINING_NOT_PASSED', found, passed, {
            ...how,
            level: trainingPassed === false ? need.level : 'WARN',
          }),
        ]
      : []),
  ]
}
