import { room } from '../work.ts'
import { keepAppealReminders } from './keep-appeal-reminders.ts'
import { keepPersonalReminders } from './keep-personal-reminders.ts'
import { keepReportNotices } from './keep-report-notices.ts'
import { keepCorrections, keepLights } from './keep-score-notices.ts'
import { personalInboxResolvers } from './resolvers.ts'

/** What is a member's own to do, and nobody else sees. */
export const personalInbox = room({
  resolvers: personalInboxResolvers,
  reactions: {
    'personal-inbox': [keepReportNotices, keepPersonalReminders, keepAppealReminders, keepCorrections, keepLights],
  },
})
