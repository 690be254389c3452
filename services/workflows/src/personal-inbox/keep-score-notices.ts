import { type CorrectedSheet, newestOf, reaction } from '@linghang/events'
import { announce } from '../inbox/announce.ts'
import type { Announcement } from '../inbox/store.ts'
import { officeStore } from '../offices/store.ts'
import { workingMoment } from '../time/calendar/office-hours.ts'
import type { Work } from '../work.ts'
import { personalReminderStore } from './store.ts'

const notice = (orgId: string, subjectId: string, dueOn: string, rule: Announcement['rule']): Announcement => ({
  ...{ orgId, role: 'SECRETARY', subjectId, subjectType: 'ORGANISATION', rung: 'TURN', rule, dueOn, round: 1 },
})

/**
 * Tells whose published score is another one now, in working hours: a member in their own inbox, of the newest version alone,
 * an organisation's secretary in that of the office, once a day at most.
 */
export const keepCorrections = reaction(['assessment.sheet.corrected.v1'], async (work: Work, events) => {
  const { tx, actor, now, newId } = work
  const shownFrom = new Date(workingMoment(now.getTime()))
  const newest: CorrectedSheet[] = newestOf(events, ({ id }) => id)
  const ofMembers = newest.flatMap(({ id, memberId, periodFrom, version }) =>
    memberId === null
      ? []
      : [
          {
            id: newId(),
            aboutId: id,
            memberId,
            kind: 'SCORE_CORRECTED' as const,
            month: periodFrom,
            shownFrom,
            version,
          },
        ],
  )
  await personalReminderStore.keepAbout(tx, actor.countyId, 'sheetId', ofMembers, now)
  const ofOffices = newest.filter(({ memberId }) => memberId === null)
  await announce(
    { ...work, now: shownFrom },
    ofOffices.map(({ orgId, correctedOn }) => notice(orgId, orgId, correctedOn, 'SCORE_CORRECTED')),
  )
})

/**
 * Tells that a light has come on, and that it is out again (S1-15, S2-16): of an organisation its own secretary and that of the
 * one above, which has it in charge; of members the secretary of their branch, and not whose. Once for the day since which it
 * is on or out, in working hours.
 */
export const keepLights = reaction(
  ['assessment.light.lit.v1', 'assessment.light.cleared.v1'],
  async (work: Work, events) => {
    const { tx, actor, now } = work
    const orgIds = [...new Set(events.map(({ data }) => data.orgId))]
    const above = await officeStore.superiorsOf(tx, actor.countyId, orgIds)
    const announced = events.flatMap(({ data }) => {
      const { orgId, about } = data
      const isOn = 'since' in data
      const day = isOn ? data.since : data.clearedOn
      if (about === 'MEMBERS')
        return [notice(orgId, orgId, day, isOn ? 'LIGHTS_OF_MEMBERS' : 'LIGHTS_OF_MEMBERS_CLEARED')]
      const superior = above.get(orgId)
      return [orgId, ...(superior ? [superior] : [])].map(office =>
        notice(office, orgId, day, isOn ? 'LIGHT_ON' : 'LIGHT_CLEARED'),
      )
    })
    await announce({ ...work, now: new Date(workingMoment(now.getTime())) }, announced)
  },
)
