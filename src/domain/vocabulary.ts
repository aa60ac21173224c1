import type { Command, SpokenAnswer } from './understanding.ts';

/**
 * What people write, in English, German, French and Spanish (a line each where there are several). This is
 * for recognition alone; what the bot says is in `src/locales`. Phrases are compared as `fold` leaves them.
 * `whole`: only as the entire message, courtesies aside. `within`: anywhere in a short message.
 */
export type Phrases = { readonly whole: string; readonly within: string };

export const commandPhrases: Readonly<Record<Command, Phrases>> = {
  help: {
    whole: `help, help me, need help, commands, menu, options, what can you do, how does this work
      hilfe, hilf mir, brauche hilfe, aide, aidez moi, besoin d'aide, ayuda, ayudame, necesito ayuda`,
    within: 'what can i say, what can you do',
  },
  back: {
    whole: `back, go back, previous, undo, go back one step, one step back, step back, last step, previous step
      zurück, einen schritt zurück, retour, étape précédente, revenir, atrás, volver, paso anterior`,
    within: 'go back a step, go back one step, back to the previous step, go to the previous step',
  },
  'start-over': {
    whole: `start again, startover, begin again, new conversation, new chat, start new, start a new case
      neu anfangen, neu starten von vorn, von vorne, recommencer, repartir à zéro, empezar de nuevo`,
    within: `restart the bot, reset the bot, start over, start all over, start from scratch, start from the beginning, from the very beginning,
      restart the conversation, restart this conversation, restart our conversation, restart the chat,
      restart this chat, restart chat, restart conversation, reset the conversation, reset this conversation,
      reset conversation, reset the chat, reset this chat, reset chat, clear the conversation, clear chat
      von vorn anfangen, von vorne anfangen, unterhaltung neu starten, recommencer depuis le début
      empezar otra vez, reiniciar la conversación`,
  },
  status: {
    whole: 'status, state, progress, where was i, stand, wo stehen wir, où en sommes nous, estado',
    within: `where are we, where were we, what step am i on, which step am i on, which step are we on, what is the status,
      what's the status, the status of, status of my`,
  },
  cancel: {
    whole: `cancel, stop, stop it, stop this, never mind, nevermind, quit, exit, abort, end, cancel this, forget it,
      leave me alone, end conversation, end chat, stop chat
      abbrechen, abbruch, stopp, aufhören, beenden, egal, annuler, arrêter, arrête, laisse tomber
      cancelar, para, parar, salir, olvídalo`,
    within: `cancel the conversation, cancel the case, cancel everything, never mind, stop messaging me, stop writing to me,
      leave me alone`,
  },
  person: {
    whole: `human, a human being, agent, person, operator, support, helpdesk, help desk, service desk, servicedesk,
      it support, hotline, technician, someone, somebody, escalate, handoff, hand over, need support,
      ticket, open ticket, create ticket, real person, live agent, live chat, customer service, call it, anyone there, anybody there, is anyone there
      mensch, mitarbeiter, ansprechpartner, kollege, techniker, jemand, mit mensch sprechen
      humain, une personne, conseiller, technicien, assistance
      humano, persona, agente, técnico, operador, soporte, asistencia`,
    within: `call me, call my phone, give me a call, phone me, ring me, real person, real human, actual person, actual human, human being,
      live agent, live person, live support, human agent, talk to it, speak to it, contact it, open a ticket, create a ticket, raise a ticket
      rufen sie mich an, ruf mich an, echter mensch, echten menschen, ticket öffnen
      appelez moi, vraie personne, un vrai humain, llámame, llámeme, persona real`,
  },
  withdraw: {
    whole: `withdraw, withdraw it, withdraw ticket, withdraw case, cancel ticket, cancel case, close ticket, take it back
      zurückziehen, ticket zurückziehen, retirer, retirer le ticket, retirar, retirar el ticket`,
    within: `withdraw my ticket, withdraw the ticket, withdraw my case, withdraw the case, withdraw my request, cancel my ticket,
      cancel the ticket, cancel my request, close my ticket, close the ticket
      ticket zurückziehen, retirer mon ticket, retirar mi ticket`,
  },
  bot: {
    whole: `bot, the bot, back to bot, talk to bot, go on with bot, continue with bot, use bot, bot again
      zum bot, mit dem bot weiter, mit bot sprechen, le robot, el bot`,
    within: `talk to the bot, speak to the bot, go on with the bot, continue with the bot, back to the bot, switch to the bot
      weiter mit dem bot, mit dem bot sprechen, zurück zum bot, parler au bot, continuer avec le bot, hablar con el bot`,
  },
  check: {
    whole: `check, check it, check pc, scan, scan it, script, diagnose, diagnostic, diagnostics, run check, send script,
      get script, run script, use script, download script, script again, resend script
      prüfen, skript, pc prüfen, überprüfen, vérifier, script, analyser, comprobar, analizar`,
    within: `where is the script, where's the script, check my pc, check my computer, check my laptop, check my machine, check my device, check it for me,
      check for me, scan my pc, scan my computer, scan my laptop, scan my machine, scan my device, run the check,
      send me the script, give me the script, get the script, diagnose my pc, diagnose my computer, check this pc
      prüfe meinen pc, prüf meinen pc, meinen pc prüfen, meinen rechner prüfen
      vérifier mon pc, vérifiez mon pc, comprueba mi pc, revisa mi pc`,
  },
  guide: {
    whole: `guide, guided, walk me through, show me, show me the steps, show me how, manual, manually, instructions, steps
      anleitung, guidez moi, guíame`,
    within: `guide me, step by step, walk me through, schritt für schritt, pas à pas, étape par étape, paso a paso`,
  },
};

export const answerPhrases: Readonly<Record<SpokenAnswer, Phrases>> = {
  yes: {
    whole: `yes, yep, yeah, yup, yes please, y, sure, of course, ok, okay, k, correct, right, exactly, absolutely,
      go ahead, do it, i am, i do, i did, i have, it is, i'm admin, i am admin, i'm an administrator,
      i am an administrator, i have admin rights, that is right, that's right, affirmative, 👍, ✅
      ja, jawohl, genau, klar, natürlich, stimmt, oui, ouais, bien sûr, d'accord, sí, claro, vale, correcto`,
    within: '',
  },
  no: {
    whole: `no, nope, nah, no way, not really, n, negative, no thanks, no thank you, not yet, not now, 👎, ❌
      i'm not, i don't, i didn't, it isn't, it's not, it is not
      nein, nö, nee, nein danke, noch nicht, non, non merci, pas encore, no gracias, todavía no`,
    within: '',
  },
  works: {
    whole: `works, worked, working, fixed, solved, resolved, success, i'm in, i am in, all good, it's good, it did,
      helped, that helped, this helped, it helped, problem gone, hooray, all fine
      geht, läuft, funktioniert, gelöst, erledigt, geht jetzt, geht wieder, ça marche, marche, résolu, réglé
      funciona, resuelto, solucionado, arreglado, ya funciona`,
    within: `it works, this works, that works, works now, works again, works fine, works great, works perfectly,
      everything works, all works, onedrive works, it worked, that worked, this worked, is working, it's working,
      working now, working again, works like a charm, is fixed, it's fixed, fixed it, that fixed, fixed now,
      been fixed, been solved, been resolved, is solved, it's solved, solved it, solved now, problem solved,
      is resolved, it's resolved, resolved now, that did it, did the trick, that does it, that helped,
      i can sign in, i can log in, we can sign in, can sign in now, can sign in again, signed in now, signed in again, able to sign in, able to log in, logged in now,
      i'm in now, i am in now, up and running, no more error, no more errors, error is gone, error's gone,
      problem is gone, error disappeared, no longer broken, not broken anymore, no longer get, back to normal
      es geht, jetzt geht, geht es wieder, jetzt funktioniert, jetzt läuft, geht wieder, geht jetzt, funktioniert jetzt, funktioniert wieder, es funktioniert, läuft wieder
      ça marche, ça fonctionne, c'est réglé, c'est résolu, ya funciona, funciona ahora, está resuelto`,
  },
  broken: {
    whole: `broken, not fixed, not solved, not resolved, not working, still, same, nothing, still same, same again, it didn't, it doesn't, it does not, it failed,
      not good, bad, error, worse, still there
      kaputt, geht nicht, immer noch nicht, immer noch, marche pas, toujours pas, no funciona, sigue igual`,
    within: `still broken, is broken, it's broken, broken again, still not, still doesn't, still can't, still cannot,
      still won't, still fails, still failing, still failed, still get, still gets, still getting, still see,
      still seeing, still says, still shows, still showing, still happens, still happening, still there,
      still the same, still an error, still error, still same, still nothing, still no, still stuck, still having,
      same error, same problem, same issue, same thing, same message, same result, exact same, no luck,
      no success, no change, no difference, no effect, nothing changed, nothing happened, nothing happens,
      nothing works, nothing helped, none of it worked, none of that worked,
      didn't work, did not work, doesn't work, does not work, don't work, do not work, isn't working,
      not working, not work, won't work, never worked, wasn't working, doesn't help, does not help, didn't help,
      did not help, didn't fix, did not fix, doesn't fix, didn't solve, did not solve, didn't change, hasn't changed,
      dosent work, dosnt work, doesent work, it not work, not fixed, not solved, not resolved, isn't fixed, isn't solved, isn't resolved, not yet fixed, unresolved,
      didn't do it, didn't do anything, did nothing, it failed, that failed, fails again, failed again, error again,
      error is back, problem is back, can't sign in, cannot sign in, can not sign in, can't log in, cannot log in,
      can't login, cannot login, can't signin, can't connect, cannot connect, unable to sign in, unable to log in
      geht nicht, geht immer noch nicht, funktioniert nicht, funktioniert immer noch nicht, immer noch kaputt,
      gleicher fehler, derselbe fehler, hat nicht geholfen, kein erfolg
      ne marche pas, marche pas, ne fonctionne pas, fonctionne pas, toujours pas, même erreur, toujours la même
      no funciona, sigue sin funcionar, no funcionó, mismo error, el mismo error`,
  },
  cannot: {
    whole: `can't, cannot, i can't, unable, not possible, impossible, not allowed, forbidden, i'm not able
      kann nicht, kann ich nicht, geht bei mir nicht, impossible, je ne peux pas, no puedo`,
    within: `can't do this, can't do that, can't do it, can't do the, cannot do this, cannot do that, cannot do it,
      can not do this, can not do that, can not do it, unable to do, not able to do, can't run, cannot run,
      can't install, cannot install, can't change, cannot change, can't edit, cannot edit, can't find,
      cannot find, can't restart, cannot restart, can't reboot, cannot open the, can't open the, can't access the,
      not admin, not an admin, not administrator, not an administrator, not a local admin, not the admin,
      no admin, not local admin, no administrator, without admin, no permission, no permissions, no rights,
      no privileges, don't have admin, don't have administrator, don't have permission, don't have permissions,
      don't have rights, don't have the rights, don't have access, don't have the permission,
      do not have permission, do not have admin, haven't got admin, access denied, access is denied,
      permission denied, not permitted, i'm not allowed, am not allowed, not allowed to, greyed out, grayed out,
      needs admin, asks for admin, asks for an admin, requires admin, requires administrator, blocked by policy
      kann das nicht, kann ich nicht, kein admin, keine rechte, keine adminrechte, keine berechtigung,
      kein administrator, zugriff verweigert, nicht erlaubt
      pas admin, pas administrateur, pas les droits, accès refusé, peux pas faire
      no soy admin, no soy administrador, no tengo permiso, no tengo permisos, acceso denegado, no puedo hacer`,
  },
  unknown: {
    whole: `idk, dunno, unknown, unsure, no clue, not certain, who knows, hard to say, maybe, perhaps
      keine ahnung, weiß nicht, weiss nicht, vielleicht, aucune idée, sais pas, ni idea, no sé, quizás`,
    within: `no code, no error code, without a code, don't know, do not know, dont really know, no idea, not sure, not certain, no clue, not quite sure,
      not really sure, can't tell, cannot tell, can't say, can't remember, don't remember, i'm unsure
      keine ahnung, weiß es nicht, weiss es nicht, weiß ich nicht, weiss ich nicht, weiß nicht, weiss nicht,
      nicht sicher, sais pas, aucune idée, pas sûr, pas sûre, no lo sé, no sé, ni idea, no estoy seguro`,
  },
  done: {
    whole: `done, finished, completed, all done, i'm done, i am done, that's all, that is all, that's it, nothing else,
      that was all, nothing more, did it, i did it, bye, goodbye, good bye, ready
      fertig, das war's, das wars, tschüss, fini, terminé, c'est tout, au revoir, listo, eso es todo, adiós`,
    within: `that's all, that is all, that will be all, i'm done, i am done, all done, nothing else`,
  },
  greeting: {
    whole: `hi, hello, hey, hi there, hello there, hey there, hiya, howdy, good morning, good afternoon, good evening,
      good day, greetings, start, get started
      hallo, guten tag, guten morgen, guten abend, moin, servus, bonjour, bonsoir, salut, hola, buenos días,
      buenas tardes, buenas`,
    within: '',
  },
  thanks: {
    whole: `thanks, thank you, thx, ty, tnx, cheers, thanks a lot, thank you so much, many thanks, much appreciated,
      great thanks, perfect thanks, awesome thanks
      danke, vielen dank, dankeschön, besten dank, merci, merci beaucoup, gracias, muchas gracias`,
    within: '',
  },
};

/** Words that open a message without changing what it says: a greeting or a yes may be followed by more. */
export const openings = {
  yes: 'yes, yep, yeah, yup, ja, oui, sí',
  no: 'no, nope, nah, nein, non',
  greeting:
    'hi, hello, hey, hallo, bonjour, salut, hola, good morning, good afternoon, good evening, guten tag',
  thanks: 'thanks, thank you, thx, danke, merci, gracias',
};

/** After an opening "no" these go on to a new thought; anything else ("no one", "no update") belongs to the no. */
export const afterNo = `i, i'm, it, it's, its, that, that's, this, we, they, not, still, thanks, thank, sorry, sir,
  but, the, my, please, can, could, let's, nothing, danke, ich, es, merci, je, c'est, gracias`;

/** Courtesies: left out when a message is compared as a whole. Never a word that turns the meaning round. */
export const courtesies = `please, pls, plz, kindly, ok, okay, well, so, now, just, the, a, an, i, i'd, i'll, we, you, me,
  my, us, would, like, to, want, wanna, need, can, could, may, let's, let, it, this, that, is, it's, there, here, hi, hello, hey,
  oh, um, sorry, and, then, for, with, do, will, be, yes, yeah, all, right, really, very, much, bot, handshake, dear,
  sir, get, give, go, some, bitte, mal, ich, möchte, will, einen, eine, ein, der, die, das, mit, s'il, vous,
  te, plaît, svp, je, veux, voudrais, un, une, le, la, les, por, favor, quiero, el, los, con`;

export const negators = `not, isn't, ain't, doesn't, didn't, don't, won't, wasn't, hasn't, haven't, never, can't, cannot,
  nothing, nobody, none, neither, nor, hardly, nicht, kein, keine, nie, pas, jamais, nunca`;

/** German and French deny at the end: "es funktioniert immer noch nicht". */
export const lateNegators = 'nicht, nie, pas, jamais, nunca, not';

/** "Let me see if it works" has not worked yet. */
export const conditionals = `if, whether, once, when, until, till, unless, make, hope, hopefully, should, think, want,
  need, wish, ob, wenn, falls, cuando, quand, jusqu`;

/** "It worked yesterday" tells of the past. */
export const pastTimes =
  'yesterday, before, until, till, last, previously, used, ago, gestern, vorher, bisher, hier, ayer';

/** "It works, but …", "it works on the web": takes back what was said, or speaks of another place. */
export const exceptions = `but, except, however, although, only, apart, aber, außer, nur, mais, sauf, pero, excepto,
  web, browser, online, phone, iphone, mac`;

/** "Yes, but without the report": a yes to less than what was shown. */
export const limits = `without, except, exclude, excluding, only, just, but, not, dont, leave, skip, minus, ohne, nur, aber, nicht,
  außer, sans, sauf, mais, pas, sin, solo, pero, excepto`;

export const questionWords = `what, why, how, when, where, which, who, does, do, did, is, are, will, would, should, can,
  could, has, have, was, wie, was, warum, wann, wo, comment, pourquoi, quand, cómo, qué, cuándo`;

/** "I don't want to talk to a person". */
export const refusals = `don't want, do not want, don't wanna, don't need, do not need, no need, not need, rather not,
  never want, will nicht, möchte nicht, brauche nicht, brauche keinen, brauche keine, veux pas, no quiero, no necesito`;
/** Turns a command round when it stands directly before it: "don't cancel". */
export const vetoes = `don't, do not, not, never, without, won't, doesn't, nicht, pas, no`;

export const contactVerbs = `talk, speak, chat, contact, connect, transfer, reach, escalate, call, want, need, get, give, sprechen,
  reden, verbinden, brauche, möchte, parler, contacter, besoin, voudrais, veux, hablar, contactar, quiero, necesito`;

export const people = `human, person, someone, somebody, agent, operator, helpdesk, technician, representative, colleague,
  engineer, humans, rep, mensch, menschen, mitarbeiter, mitarbeiterin, jemandem, jemanden, techniker,
  humain, personne, quelqu'un, conseiller, technicien, humano, persona, alguien, técnico, agente, operador`;

/** German puts the verb last: "mit einem Mitarbeiter sprechen". */
export const lastVerbs = 'sprechen, reden, telefonieren, verbinden, verbunden';

/** People's nouns that mean a person only after a verb of speaking: "contact support", "speak to IT". */
export const desks = 'support, desk, servicedesk, people, staff, team, department, hotline';
export const speakingVerbs =
  'talk, speak, chat, contact, connect, transfer, reach, call, sprechen, parler, hablar';
