"""Pairs of words whose no-break space the NewsArticles table turned into a hyphen, each read in its sentence."""

from __future__ import annotations

# Of the pairs that the table writes with a hyphen, those that no count decides (`spaces.mend_spaces`).
_PAIRS = """
220-civilians 2016-study allow-the blocked-a confidence-and deaths-and election-be funds-and january-and ormsby-and
people-in swahili-for 000-births 1-bayern 10-afghan 10am-local 11-stories 13-killing 15pm-dublin 15pm-heuston
18th-front 2-eintracht 2-project 2001-attacks 2009-study 2014-specifically 2015-administration 2015-even 2016-un
239-families 24-candy 24-february 25-february 25-january 25pm-irish 28-february 2km-away 30km-north 320km-northwest
33-out 36pm-connolly 38m-even 3d-reformation 43am-followed 60m-off 700-wrongful 78-prohibits 8pm-last 900-egyptians
aaiu-believes above-97 abroad-lined accidental-strike accusing-nato activist-george actor-andrew actor-patrick
administration-needs admirable-calm admit-i agency-suffered aides-caught air-five aircraft-experienced airport-due
airport-shot all-kids allegedly-involving allows-interested almost-climbed already-far already-following
alternative-explanation although-medical ambulances-arrived amona-maintained ancient-desert andinas-saying
animated-glamour apparel-industry appeals-granted appears-prince applicants-back apri-pencilled april-2015
april-pencilled arabs-returned around-1am around-january arrived-back asked-al association-deemed atlantic-off
atmosphere-felt attack-staged attacks-following attacks-killed au-policies authorities-extended authority-mahmoud
available-alternative available-take backed-forces bangor-erris banners-hung barbie-debuted barristers-darren
barrow-enjoys battle-sure bayernlb-declined beds-short believe-saudi below-dollar best-replacement biden-spoke
bild-reported biodiverse-garden blacksod-pier blame-muslims blame-scapegoats blatant-lies bloc-now block-cadiz
blocked-girls blog-notes boats-gather boats-unfit books-bloodlands bottom-club brave-new brigades-confirm
brilliant-white broadcasters-cover building-earlier bypassing-poland called-pole called-rebels called-reproductive
calls-flavor careful-cultivation case-later casey-described casey-fled casts-doubts categories-best center-hopes
centre-kyunghyang centres-provide century-humans certificates-issued chairman-sean charity-let chasm-cuts chief-frank
child-cataract children-face chiyangwa-drummed chosen-seven ciarán-smith citizen-ibrahim city-carried city-over
claims-zero closer-again closest-o coalition-bombardment colbert-tore comedian-jan commander-calling commission-gave
commissioner-noírín commissioner-nóirín company-aguas company-failed company-planning completely-empty
conference-flanked congress-rejected connected-him consensus-tuning considered-offers constable-keith
constantly-crashing constituents-flood contact-bray contact-tullamore containing-right contaminating-green
contentious-cadiz contested-election contributor-ana controversial-plans convert-khalid conway-sitting council-decided
councillor-cieran counsel-conor counsel-michael country-every course-filmmakers court-struck crisis-situations
criticised-scottish criticism-throughout crossrail-tunnel crumlin-children crumlin-late cultural-content
cultural-profile current-observations currently-considering cut-last cutlery-specifically damn-best dance-featuring
dancers-crossing daniel-silke data-tuesday davin-power day-marked deadly-islamic death-fleeing death-rumors
debating-legislation december-1996 declared-unfit defaming-moscow deloitte-predicted democrat-began
described-relations desktop-assessment despite-sportfreunde deteriorating-relationship diesel-jumped dieter-kosslick
difficulty-off diplomat-burhan diplomats-appointed direct-engagement director-geert disclose-exactly
disclosure-tribunal discourages-member discovering-metal discussing-them disrupted-trade division-increased
document-fails document-urges door-refugee dortmund-chief dortmund-fans dortmund-turn down-portions dprk-citizen
dr-elshikh driver-john drmachakil-edits dunaway-mistakenly duo-underworld dutch-coast dw-broadcasting dw-website
dáil-restaurant dáil-statement earlier-returned eat-lobster ebtisam-ataallah editor-eliot eithne-arrived election-2017
election-period elections-gives elections-mean emergency-following employed-counselors employees-delivering
employing-women end-december energy-accounts engineer-arjen episode-revealed era-genocide erdogan-continued
estate-last estimated-third eu-left europe-increased europe-weakened evacuate-late evening-show events-cancelled
ever-impeachment exchequer-philip executive-commissioned executive-welcomed expects-comey experienced-age
experts-perplexed explains-cas explorer-soma face-life face-sky facebook-wednesday fallon-channeled famine-last
far-shams farron-called fatal-shootings favor-stronger february-asking february-left federal-individuals
fellow-diplomats feminist-j few-democrats fierce-photoshop fiery-performance fifteen-people fight-huffpost
figure-shows film-critics film-uncovers filmmaker-irene fire-victims first-advanced first-face fitzgerald-failed
fitzgerald-met flannel-version foot-python footpath-near forced-segregation forecast-break formation-music
former-press formerly-pricewaterhousecoopers fourth-associate fr-initiative fr-mccarthy friends-programme front-groups
fuel-projects fáil-frontbench fáil-spokesperson gael-motion game-kicked gardaí-agreed gardaí-announced
gardaí-blackening gardaí-called gardaí-now gardaí-say gauck-described general-avichai german-game gets-lost
giant-simon gift-well girlfriend-meghan gladbach-scored goal-again goethe-instituts governing-law government-75
government-exclusively grabbed-best grandfather-emigrated grasse-town green-now grindeanu-continued groups-believe
guard-rescued guterres-accused h-near hair-took hamill-shared hannity-apologized hard-bargaining harm-someone
harry-just having-committed having-joined hawaii-gave hayatou-gets hayatou-turned head-sergey heavy-criticism
heavy-residential held-mosul help-curb helps-ward herald-revealed hero-xanana hitting-densely hold-sponsors
homes-inside hospital-derek host-jan host-major host-samantha hotel-realised hotel-seven hours-today house-carrying
human-machines hundreds-swung hurwitz-highlights hye-began i-admit i-managed imposing-yellow improved-connections
inc-chris incentive-scheme incident-came incident-happens includes-routine including-journalists including-material
including-texas independent-entity indiscriminately-attack indonesians-gathered induced-dementia industries-earlier
initially-disputed inspired-eurosceptics institute-think intention-thursday international-creditors internet-projects
interview-w intruder-made invasion-iraq investigative-document involving-alleged iran-pledge iraq-providing
iraqi-counterterrorism ireland-manager ironically-intended issue-over issuing-guidance item-setting izetbegovic-argued
january-2011 january-executive january-judiciary jet-over joined-justin joint-european joseph-described
journalists-threw jovial-taarab judge-dube judge-scalia jumped-1 justaddzebras-hashtag justice-alan justice-statement
karolinska-institute kazan-arena keep-detailed kent-city kicked-all killed-ebtisam killed-timothy kimmel-shared
king-written knesset-recently kong-and korea-showed kt-mcfarland kyunghyang-newspaper landmark-peace laoghaire-seán
large-placards largest-networks last-population later-brought later-questioned law-allowing law-jenny leader-muammar
leader-threatening leaders-gather leaders-szydlo leadership-leo leak-outside least-30 least-500 left-vulnerable
legally-invited legend-mark legislation-monday legislative-maneuvering lender-plunged letter-expressing levant-cadres
level-above liam-doran libyan-sahara lies-296 like-cruise like-rates like-syria lincoln-described linking-berlin
london-science lordache-resigned lubitz-deliberately made-contingency magazine-maxim magazine-published
magdalena-national main-dungarvan major-luther major-savings making-16 making-television market-apartments marx-right
mass-took mayor-des mayor-dirk mccabe-rejected mcguinness-advised me-anything means-focusing mechanical-monk
mediterranean-returned meehan-suffered meeting-nagabushana megane-van member-kgalema met-theo migrants-out
million-even million-false mind-recent minneapolis-killed missile-near mission-left mladenov-called moammar-gaddafi
modi-hopes monday-officially monitor-location month-became morning-affirmation mosque-just mostly-hooded
mosul-neighbourhood motorist-travelling mr-molloy msnbc-earlier mubarak-regime murphy-paid musician-grew
muslims-praying muslims-yet nation-descended nationally-active necessary-two neighborhoods-outside neighbours-jordan
neill-claimed network-urges neutral-dream never-follow newcomer-hassan newly-presenting news-quiz ngos-accused
noonan-denied north-tweeted northern-cameroon nothing-ism notice-tuesday now-heading now-planning nóirín-o
observations-obviously observe-artists obvious-choice off-blacksod offer-easy office-announced officer-charged
officers-wish often-gotten old-deirdre old-denied one-airstrike one-chance one-protested one-semifinal onion-imagined
opec-sparked opposed-discrimination opposition-pressure organisation-peace out-12 outlet-allowed outlets-published
over-300 over-eu over-venezuela over-year page-comes page-tuesday palatinate-alleged palestine-page palette-makes
parcel-exploded park-anything particularly-telling passes-purchased patron-named pay-daily pen-center
penal-institutions people-looking per-kilometer percent-deficit percent-mark photographer-ivette physical-rage
picture-explores picture-traces pink-hat planned-work pledge-signed poet-better poet-derek police-neil
political-manoeuvring polo-tower populated-slum populists-quite positive-media possible-effect post-women
praising-qalandar present-storage president-baschar president-despite president-sepp presumably-due preventing-turkish
previously-sought pricewaterhousecoopers-predicts priority-apply priority-task process-behind process-involved
products-arriving prof-clough prof-redmond profit-organisation project-remains prolonged-attacks propagated-myth
property-dealer proposed-american protects-family protest-leaders protestant-reformer protocol-intended
provide-supported provincial-regions punjab-focuses pure-dismay putting-growing pyongyang-arrived race-wrote
raided-following raise-around raised-objections rare-happy ratajkowski-doesn readily-accept receive-free
recognised-instead reflects-religious reform-necessary reform-security refugee-crises refugee-issue
regarding-directors regional-administration register-friday reintroduce-direct reject-allegations relations-sour
released-data remarks-openly report-filed reported-late reportedly-investigating reportedly-uncovered
reports-suggesting reports-wednesday reproduce-valuable republican-administration required-review research-links
return-isn reviewed-mr ridden-lyrics right-wing-afd rights-marketing rival-emmanuel rojava-peshmerga rtm-versions
rté-investigates ruairí-quinn russia-moved róisín-arrived s-17 s-baden sabbagh-jokes sabbagh-pokes safety-found
sanctions-prior sarraj-arrived sarraj-became sarraj-decided sarraj-died sarraj-later sarraj-nearly sarraj-submitted
sarraj-swiftly saw-55 say-qadeefa say-us scheduled-talks schiff-agreed sdpowell1-pointed sean-mcmahon season-showed
secretary-ronan section-housing seducing-partner see-bayer see-russia selling-doll sells-products senate-democrat
sends-people sergey-rudskoi serious-cash service-10 seven-teams several-questionable sharks-per show-25 show-over
sign-executive signal-political signed-legislation single-blackstar site-collapsed smaller-groups smokey-goal
solicitor-brian solicitor-michael solicitor-pat someone-sending sonar-work south-jim southeastern-turkey space-epics
space-wants spent-large spokesman-confirmed sponsored-peace st-gerard started-almost started-gareth
starvation-following state-lender statement-comes states-covered station-wyff statue-down steep-decline steered-ships
steinmeier-emphasised stopped-mid stories-trump storm-dineo strategic-al strategic-ukraine strike-arrested
strong-staff studies-wrote study-released sturgeon-confirmed subtracted-time succeed-francois sudan-cabinet
sudan-declared suddenly-came suffering-injuries suit-filed sullivan-states sunday-opened superintendent-dave
surprise-called suspiciously-crisscrossing syndicate-head síochána-react süddeutsche-zeitung taarab-music
tackled-urgently take-precautions talks-saturday target-political taser-guns td-ruth team-looked ted-talks
teenager-arrested ten-portions theorists-youtube thinx-spoke thousand-books thousand-claimed threat-mr
threatening-situations three-stores tidal-floodplain tillerson-recused time-attacking time-desecrates tip-don
tj-flanagan to-attend to-four to-use today-eat together-several tool-shows torturous-three toward-meeting
traveling-exhibit treats-leak tribe-scrambled tribunal-model trump-joined trump-operations trump-quipped
trump-scientific trust-attacked turkish-water tweeting-graphic twenty-three-stores twitter-shows typically-uneducated
tánaiste-knew tánaiste-needs uk-population ukip-illustrated ukraine-cannot ultimately-dáil un-itself
underreport-things unforgettable-emotions unhcr-report unicef-report unidentified-metallic union-battered
unionist-voters unwavering-alliances up-individualized up-significant updated-them us-appeals us-ban us-critisised
us-despite us-flights us-internal us-lashed us-markets us-membership us-midwest us-nuclear us-relationship us-routes
user-drmachakil user-sdpowell1 usual-two uttering-civilities various-difficulties vehicles-positioned vessel-lé
vi-announced violence-issues violence-perpetrated visit-bayern visit-www visiting-artist vosges-mountains wales-agreed
walling-bit warmed-somewhat wars-series washington-always wealthier-western wear-electronic web-post website-reported
wednesday-outside weed-inside week-mr week-turns weekend-accused weekly-ahead weekly-mail weeks-searching
western-paris whether-anti whether-kimmich whistelblower-sgt widow-marie wife-suzanne wing-afd wing-filter
witnessed-children woman-danielle woman-strike won-931 won-numerous worker-tasked worker-wearing workers-calling
wrong-information yemeni-coast young-jewish zeitung-reported éireann-services
"""
PARTED = frozenset(_PAIRS.split())
# Compounds that no text of a publisher with whole hyphens holds, read in their sentences.
_COMPOUNDS = """
100-percent 12-brand 120-ban 17-park 18-test 56-degree aaa-people abdel-fattah abdel-hamid african-americans
after-parties agency-energy al-say all-day all-women alliance-people already-deteriorating already-present
already-threatening an-12 an-26 andreas-gymnasium april-may arabia-sponsored ask-me-anything back-tax bailed-out
baked-in barbed-wire battery-operated below-normal best-case best-equipped best-supporting better-known black-market
blow-up bounce-back box-office brave-new-world broken-windows business-related car-bomb car-manufacturing checked-in
cheese-pasta child-protection china-made chinese-propagated civil-rights clean-up clean-water climate-change
close-range closely-watched cocaine-producing colonial-era crash-landing credible-fear crime-scene cross-country
crowd-favorites data-led day-in day-out deep-learning densely-populated digital-age digital-era do-nothing-ism
doing-my-damn-best drug-related dual-degree eu-member eu-migrant extreme-right face-off fall-out far-fight far-left
far-right female-trait festival-ending fetal-tissue first-floor first-place first-stage first-strike five-year
fixed-charge follow-on follow-through foreign-language fourth-quarter free-port free-range free-trade full-day full-on
full-swing general-security george-parkin get-away get-out-the-vote goings-on hamas-implemented hang-up
heavily-guarded high-priority high-standing high-technology home-delivered hot-air hurricane-force
hyphen-nationalities ice-class in-app in-competition in-laws in-ryong in-service inner-leadership intelligence-agency
interest-rate investment-grade ireland-us isil-claimed israel-built jewish-only joan-margaret job-embedded joined-up
jong-chol jong-nam jong-un know-how lafont-rapnouil large-caliber largest-ever lead-poisoning left-wing life-cycle
locked-down looyer-van low-profile lower-risk machine-gun mainly-muslim maize-field major-general majority-gop
majority-republican martin-green mass-produced mass-start mega-projects merkel-ruled mexican-american military-level
minimum-wage money-laundering morning-breath most-traveled mountain-climbing movement-north much-discussed much-loved
much-reduced much-touted multiple-reuse muslim-americans nato-set natural-technical near-disaster new-builds new-type
night-only no-confidence no-fly no-frills no-win not-at-all not-so-distant not-so-great now-left now-president
now-remote number-one off-years often-cited often-testy old-school on-foot on-loan on-scene one-night one-night-only
one-person one-step one-week opt-in opt-out otolaryngology-head over-19 over-water peh-peace percentage-point
pkk-affiliated post-west pre-climate-change privately-owned prosecutor-general public-corruption pumped-up
radical-right ramped-up rapid-pace rate-hike re-designed real-estate reality-check right-hand risk-corridor
rocket-engine rubber-stamp run-in russia-trump satellite-launch school-testing science-fiction second-largest
second-most sell-by send-off seoul-listed service-imposed service-issued sex-trafficking shake-up shallow-water
sheet-metal shipping-container show-votes since-deleted single-day single-director single-person single-shot sit-down
six-year ski-track slowed-down small-business social-democratic sold-out song-thaek south-western spot-on star-apple
step-down stressed-out syrian-american t-get-in-the-water then-campaign then-candidate then-coalition then-dfb
then-foreign then-girlfriend then-headquarters then-indiana then-israel then-liberal then-senator then-south
third-division third-floor third-grade third-level three-room three-year tie-up time-zone to-dos tong-il top-four
top-half top-seven top-ten trans-pacific twenty-one twice-proposed two-party ukraine-drafted ultra-lose under-25s
under-30s under-appreciated under-equipped under-explored under-secretary under-secretary-general upper-body wake-up
walk-up well-suited well-thought widely-criticized witch-hunt worst-affected year-over-year yes-no zero-interest-rate
"""
COMPOUNDS = frozenset(_COMPOUNDS.split())
