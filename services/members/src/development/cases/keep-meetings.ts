import { newestOf, reaction } from '@linghang/events'
import { developmentRulesOf, type StepKey, stepKeys } from '@linghang/rulebook'
import type { Work } from '../../work.ts'
import type { MeetingRecord } from '../known-meetings/meeting-record.ts'
import { keepRecords } from '../known-meetings/read-meetings.ts'
import type { Fact } from './facts.ts'
import { stillCarries } from './judge-meeting.ts'
import { caseStore } from './store.ts'
import { type HeldCase, holdCase, writeCase } from './write-case.ts'

/** Steps of a case that rest on a meeting which, as it was corrected, no longer carries them. */
function withdrawnBy({ state }: HeldCase, meeting: MeetingRecord, today: string): Fact[] {
  return stepKeys
    .filter(step => state.done[step]?.evidence.meetingId === meeting.id && !state.withdrawn.includes(step))
    .filter(step => {
      const version = state.done[step]?.version
      return (
        version && !stillCarries(state, step, meeting, { today, rules: developmentRulesOf(version), birthday18: '' })
      )
    })
    .map((step: StepKey) => ({ type: 'EVIDENCE_WITHDRAWN', on: today, step, meetingId: meeting.id }))
}

async function askAgain(work: Work, meeting: MeetingRecord): Promise<void> {
  for (const caseId of await caseStore.openCasesOn(work.tx, work.actor.countyId, meeting.id)) {
    const held = await holdCase(work, caseId)
    const facts = held ? withdrawnBy(held, meeting, work.today) : []
    if (held && facts.length > 0) await writeCase(work, held, 'case.evidence-withdrawn', ...facts)
  }
}

/**
 * Keeps what the org service tells of closed meetings: the evidence on which steps lean (S0-16). A meeting that was
 * corrected is held against the steps that were done with it.
 */
export const keepMeetings = reaction(['org.meeting.closed.v1'], async (work: Work, events) => {
  const meetings = newestOf(events, meeting => meeting.id)
  await keepRecords(work.tx, work.actor.countyId, meetings)
  for (const meeting of meetings) if (meeting.version > 1) await askAgain(work, meeting)
})
