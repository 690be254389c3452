/** Who fills a document in. SYSTEM: it is generated whole from the case. */
export type FilledBy = 'APPLICANT' | 'CONTACT' | 'INTRODUCER' | 'BRANCH' | 'SUPERIOR' | 'SYSTEM'

/** The 36 documents of a development (S0-10), by their names in code. */
export const developmentTemplates = [
  'application-letter',
  'application-receipt',
  'applicant-talk-record',
  'activist-recommendation-members',
  'activist-recommendation-league',
  'activist-committee-minutes',
  'activist-filing-report',
  'activist-filing-reply',
  'activist-register',
  'contacts-assignment',
  'observation-book',
  'thought-report',
  'half-yearly-review',
  'activist-pool-analysis',
  'opinions-record',
  'candidate-committee-minutes',
  'candidate-notice',
  'notice-report',
  'candidate-filing-report',
  'introducers-assignment',
  'political-review-inquiry',
  'political-review-talk',
  'political-review-conclusion',
  'training-certificate',
  'committee-examination',
  'pre-review-request',
  'pre-review-opinion',
  'volunteer-form-guide',
  'admission-assembly-agenda',
  'admission-ballot-and-tally',
  'assembly-resolution',
  'committee-talk-record',
  'approval-notice',
  'oath-ceremony',
  'probation-book-and-conversion-letter',
  'dossier-index',
] as const
export type DevelopmentTemplate = (typeof developmentTemplates)[number]

/**
 * What the applicant must not see (api.md): the political review and what others were asked about them. Whoever is on
 * the way into the party sees their own case without these.
 */
export const confidentialTemplates: ReadonlySet<DevelopmentTemplate> = new Set([
  'opinions-record',
  'political-review-inquiry',
  'political-review-talk',
  'political-review-conclusion',
  'pre-review-opinion',
])
