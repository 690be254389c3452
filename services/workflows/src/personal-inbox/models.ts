export type { PersonalReminder } from './personal-reminder.ts'
