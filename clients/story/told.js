// What is told of the story: lines for people in two languages, or one object for programs.
const WORDS = {
  "chapter.agenda": ["Повестка", "The agenda"],
  "chapter.admission": ["Приём: {name}", "Admission: {name}"],
  "chapter.contribution": ["Паевой взнос: {name}, {quantity}", "A share contribution: {name}, {quantity}"],
  "chapter.return": ["Возврат паевого взноса: {name}, {quantity}", "A return of a share: {name}, {quantity}"],
  "chapter.free": ["Свободное решение, предлагает {name}", "A free decision, proposed by {name}"],
  "chapter.open": ["Вопрос {id}, который был на повестке", "Question {id}, which was on the agenda"],
  "chapter.meeting": ["Общее собрание меняет устав", "A general meeting changes the charter"],
  "chapter.registry": ["Реестр", "The registry"],
  "fact.question": ["вопрос {id}: {title}", "question {id}: {title}"],
  "fact.registered": ["{account} регистрируется со своим ключом", "{account} registers with a key of their own"],
  "fact.applied": ["заявление и соглашения подписаны и отправлены: {count}", "application and agreements signed and sent: {count}"],
  "fact.paid": ["кассир подтверждает {amount} {symbol}: {status}", "the cashier confirms {amount} {symbol}: {status}"],
  "fact.asked": ["на повестке: {question}", "on the agenda: {question}"],
  "fact.for": ["{name}: за, в блоке {block}", "{name}: for, in block {block}"],
  "fact.against": ["{name}: против, в блоке {block}", "{name}: against, in block {block}"],
  "fact.signed": ["{name} подписывает протокол, осталось подписей: {missing}", "{name} signs the protocol, signatures to come: {missing}"],
  "fact.kept": ["{title} – {about}; голосов за: {votes}", "{title} – {about}; votes for: {votes}"],
  "check.agenda_shown": ["совет видит повестку", "the council sees its agenda"],
  "check.agenda_refused": ["пайщику повестка не показана: {message}", "a participant does not see it: {message}"],
  "check.login_refused": ["вход чужой подписью отклонён: {message}", "a login by a used signature is refused: {message}"],
  "check.vote_refused": ["второй голос отклонён: {message}", "a second vote is refused: {message}"],
  "check.approved": ["совет одобрил", "the council has approved"],
  "check.carried_out": ["протокол подписан, решение {id} исполнено в блоке {block}", "the protocol is signed, decision {id} carried out in block {block}"],
  "check.admitted": ["{name} – пайщик ({status})", "{name} is a participant ({status})"],
  "check.balance": ["паевой счёт: {name}, {sum}", "the share of {name}: {sum}"],
  "check.charter": ["устав изменён, кворум совета: {quorum} %", "the charter is changed, the council's quorum: {quorum} %"],
  "check.registry_shown": ["решений в реестре: {count}", "decisions in the registry: {count}"],
  "check.samples_run": ["примеров из документации исполнено как напечатано: {used} из {all}", "samples of the documentation run as printed: {used} of {all}"],
  passed: ["Проверок пройдено: {passed} из {all}.", "{passed} of {all} checks passed."],
};

export class Told {
  #lang;
  #isJson;
  entries = [];

  constructor(lang, isJson) {
    this.#lang = lang === "ru" ? 0 : 1;
    this.#isJson = isJson;
  }

  chapter(name, values = {}) {
    this.#tell("chapter", name, values, (text) => `\n${text}`);
  }

  fact(name, values = {}) {
    this.#tell("fact", name, values, (text) => `  ${text}`);
  }

  check(name, passed, values = {}) {
    this.#tell("check", name, { ...values, passed }, (text) => `  ${passed ? "✓" : "✗"} ${text}`);
  }

  /** Ends the story; whether all was as it should be. */
  end() {
    const checks = this.entries.filter(({ kind }) => kind === "check");
    const passed = checks.filter((it) => it.passed).length;
    if (this.#isJson) console.log(JSON.stringify({ entries: this.entries, checks: checks.length, passed }));
    else console.log(`\n${this.#say("passed", { passed, all: checks.length })}`);
    return passed === checks.length;
  }

  #tell(kind, name, values, layout) {
    this.entries.push({ kind, name, ...values });
    if (!this.#isJson) console.log(layout(this.#say(`${kind}.${name}`, values)));
  }

  #say(key, values) {
    return WORDS[key][this.#lang].replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
  }
}
