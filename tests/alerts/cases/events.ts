import { fires, silent } from '../case.ts'

const job = { job: 'linghang-members' }

export const eventCases = [
  fires(
    'LinghangOutboxStuck',
    'an event waits',
    { 'linghang_outbox_age_seconds{job="linghang-members",instance="a"}': '0 61x10' },
    { at: 6, of: job, value: '1m 1s' },
  ),
  silent(
    'LinghangOutboxStuck',
    'a minute is borne',
    { 'linghang_outbox_age_seconds{job="linghang-members"}': '60x20' },
    20,
  ),
  silent(
    'LinghangOutboxStuck',
    'it moved meanwhile',
    { 'linghang_outbox_age_seconds{job="linghang-members"}': '61x4 0 61x4 0' },
    9,
  ),
  fires(
    'LinghangDeadLetters',
    'one was kept',
    { 'linghang_dead_letters_waiting{job="linghang-members"}': '0 1x10' },
    { at: 2, of: job, value: '1' },
  ),
  silent(
    'LinghangDeadLetters',
    'all were sent again',
    { 'linghang_dead_letters_waiting{job="linghang-members"}': '1 0x10' },
    10,
  ),
]
