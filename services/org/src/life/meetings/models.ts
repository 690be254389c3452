export type {
  AgendaItem as MeetingItem,
  Meeting,
  MeetingVersion,
  Opinion as WrittenOpinion,
  Person as MeetingPerson,
  Resolution as MeetingResolution,
} from './meeting.ts'
