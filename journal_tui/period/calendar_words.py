"""Weekdays and months in many languages; separate from `day`, since most commands only need English."""

import re
import unicodedata
from datetime import date
from functools import cache

from journal_tui.period.day import MONTHS

# Monday to Sunday: a line for each language, and after it lines with its short forms.
_WEEKDAYS = """
monday tuesday wednesday thursday friday saturday sunday
mon tue wed thu fri sat sun
mo tu we th fr sa su
montag dienstag mittwoch donnerstag freitag samstag sonntag
mo di mi do fr sonnabend so
lundi mardi mercredi jeudi vendredi samedi dimanche
lun mar mer jeu ven sam dim
lunes martes miércoles jueves viernes sábado domingo
lun mar mié jue vie sáb dom
lunedì martedì mercoledì giovedì venerdì sabato domenica
lun mar mer gio ven sab dom
segunda terça quarta quinta sexta sábado domingo
segundafeira terçafeira quartafeira quintafeira sextafeira sábado domingo
seg ter qua qui sex sáb dom
dilluns dimarts dimecres dijous divendres dissabte diumenge
luni marți miercuri joi vineri sâmbătă duminică
maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
ma di wo do vr za zo
måndag tisdag onsdag torsdag fredag lördag söndag
mån tis ons tors fre lör sön
mandag tirsdag onsdag torsdag fredag lørdag søndag
man tir ons tor fre lør søn
mánudagur þriðjudagur miðvikudagur fimmtudagur föstudagur laugardagur sunnudagur
maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai
ma ti ke to pe la su
esmaspäev teisipäev kolmapäev neljapäev reede laupäev pühapäev
pirmdiena otrdiena trešdiena ceturtdiena piektdiena sestdiena svētdiena
pirmadienis antradienis trečiadienis ketvirtadienis penktadienis šeštadienis sekmadienis
poniedziałek wtorek środa czwartek piątek sobota niedziela
pon wt śr czw pt sob niedz
pondělí úterý středa čtvrtek pátek sobota neděle
po út st čt pá so ne
pondelok utorok streda štvrtok piatok sobota nedeľa
ponedeljek torek sreda četrtek petek sobota nedelja
ponedjeljak utorak srijeda četvrtak petak subota nedjelja
понедељак уторак среда четвртак петак субота недеља
понеделник вторник сряда четвъртък петък събота неделя
понедельник вторник среда четверг пятница суббота воскресенье
пн вт ср чт пт сб вс
понеділок вівторок середа четвер п'ятниця субота неділя
δευτέρα τρίτη τετάρτη πέμπτη παρασκευή σάββατο κυριακή
hétfő kedd szerda csütörtök péntek szombat vasárnap
pazartesi salı çarşamba perşembe cuma cumartesi pazar
pzt sal çar per cum cmt paz
月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日
月 火 水 木 金 土 日
周一 周二 周三 周四 周五 周六 周日
星期一 星期二 星期三 星期四 星期五 星期六 星期日
星期一 星期二 星期三 星期四 星期五 星期六 星期天
월요일 화요일 수요일 목요일 금요일 토요일 일요일
월 화 수 목 금 토 일
senin selasa rabu kamis jumat sabtu minggu
thứhai thứba thứtư thứnăm thứsáu thứbảy chủnhật
الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد
יוםשני יוםשלישי יוםרביעי יוםחמישי יוםשישי שבת יוםראשון
دوشنبه سهشنبه چهارشنبه پنجشنبه جمعه شنبه یکشنبه
सोमवार मंगलवार बुधवार गुरुवार शुक्रवार शनिवार रविवार
"""
# January to December likewise, with lines for the grammatical cases that dates use.
_MONTHS = """
january february march april may june july august september october november december
jan feb mar apr may jun jul aug sept oct nov dec
januar februar märz april mai juni juli august september oktober november dezember
jänner feber mrz april mai juni juli aug sep okt nov dez
janvier février mars avril mai juin juillet août septembre octobre novembre décembre
janv févr mars avr mai juin juil août sept oct nov déc
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
ene feb mar abr may jun jul ago sept oct nov dic
gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
gen feb mar apr mag giu lug ago sett ott nov dic
janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro
jan fev mar abr mai jun jul ago set out nov dez
gener febrer març abril maig juny juliol agost setembre octubre novembre desembre
ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie
januari februari maart april mei juni juli augustus september oktober november december
januari februari mars april maj juni juli augusti september oktober november december
januar februar marts april maj juni juli august september oktober november december
januar februar mars april mai juni juli august september oktober november desember
janúar febrúar mars apríl maí júní júlí ágúst september október nóvember desember
tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu heinäkuu elokuu syyskuu lokakuu marraskuu joulukuu
tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta
jaanuar veebruar märts aprill mai juuni juuli august september oktoober november detsember
styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień
stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia
leden únor březen duben květen červen červenec srpen září říjen listopad prosinec
ledna února března dubna května června července srpna září října listopadu prosince
január február marec apríl máj jún júl august september október november december
siječanj veljača ožujak travanj svibanj lipanj srpanj kolovoz rujan listopad studeni prosinac
siječnja veljače ožujka travnja svibnja lipnja srpnja kolovoza rujna listopada studenoga prosinca
јануар фебруар март април мај јун јул август септембар октобар новембар децембар
јануара фебруара марта априла маја јуна јула августа септембра октобра новембра децембра
януари февруари март април май юни юли август септември октомври ноември декември
январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь
января февраля марта апреля мая июня июля августа сентября октября ноября декабря
січень лютий березень квітень травень червень липень серпень вересень жовтень листопад грудень
січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
ιανουάριος φεβρουάριος μάρτιος απρίλιος μάιος ιούνιος ιούλιος αύγουστος σεπτέμβριος οκτώβριος νοέμβριος δεκέμβριος
ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου νοεμβρίου δεκεμβρίου
január február március április május június július augusztus szeptember október november december
ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık
januari februari maret april mei juni juli agustus september oktober november desember
"""
# Weekdays are shorter than this; a longer word is part of a title.
_LONGEST = 40
_BETWEEN = re.compile(r"[\s\-_.,()\u200c]+")


def is_weekday(words: str, day: date) -> bool:
    """Return whether words are the weekday of this day and nothing else, in any of the languages."""
    word = _BETWEEN.sub("", words)
    return 0 < len(word) <= _LONGEST and _fold(word) in _weekdays()[day.weekday()]


def is_any_weekday(words: str) -> bool:
    """Return whether words are a weekday and nothing else, in any of the languages."""
    word = _fold(_BETWEEN.sub("", words))
    return any(word in names for names in _weekdays())


def weekdays(word: str) -> list[int]:
    """Return the numbers, from 0 for Monday, of the weekdays with this name; a short one may name several."""
    return [number for number, names in enumerate(_weekdays()) if _fold(word) in names]


def months(word: str) -> frozenset[int]:
    """Return the numbers of the months with this name; “listopad” is October or November."""
    return _months().get(_fold(word.rstrip(".")), frozenset())


@cache
def _weekdays() -> tuple[frozenset[str], ...]:
    return _table(_WEEKDAYS)


@cache
def _months() -> dict[str, frozenset[int]]:
    numbers: dict[str, set[int]] = {}
    for number, names in enumerate(_table(_MONTHS), 1):
        for name in {*names, *(MONTHS[number - 1][:3].lower(),)}:
            numbers.setdefault(name, set()).add(number)
    return {name: frozenset(found) for name, found in numbers.items()}


def _table(languages: str) -> tuple[frozenset[str], ...]:
    """Return the folded names of each column."""
    lines = [_fold(line).split() for line in languages.strip().split("\n")]
    return tuple(frozenset(names) for names in zip(*lines, strict=True))


def _fold(words: str) -> str:
    """Return words without case and accents, however a file system composes them."""
    # In Turkish, "kasım" in capitals is KASIM, but Python takes I for the capital of i.
    parts = unicodedata.normalize("NFKD", words.casefold().replace("ı", "i"))
    return "".join(part for part in parts if not unicodedata.combining(part))
