export { claim_home, forget_tries } from './commands/claim_home.ts';
export { answer_reply, deliver_letter, record_reply, type_in_reply } from './commands/deliver_letter.ts';
export { issue_codes, print_campaign, write_campaign } from './commands/write_campaign.ts';
export { VARIABLES } from './letter.ts';
export { lettersForPrint, type PrintedLetter } from './print.ts';
export { list_campaigns, list_replies, my_replies, show_campaign } from './queries/list_letters.ts';
export { whenVisitRecorded } from './reactions/when_visit_recorded.ts';
