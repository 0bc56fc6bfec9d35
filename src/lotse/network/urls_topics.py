"""Addresses of the inner part, releases, tasks and topics. `PLACES` stand in the bar of the room: words and address."""

from django.urls import URLPattern, path

from lotse.network.views import releases, tasks, topics

MEETING, RELEASE, TASK, TOPIC = "teil-1/<slug:inner_id>/", "freigaben/<slug:release_id>/", "aufgaben/<slug:task_id>/", "themen/<slug:topic_id>/"  # fmt: skip
urlpatterns: list[URLPattern] = [
    path("aufgaben/", tasks.tasks, name="tasks"),
    path(TASK, tasks.task, name="task"),
    path(TASK + "aendern/", tasks.change, name="change_task"),
    path(TASK + "nicht-mehr-noetig/", tasks.drop, name="drop_task"),
    path(TASK + "geprueft/", tasks.control, name="control_task"),
    path(TASK + "wieder-oeffnen/", tasks.reopen, name="reopen_task"),
    path(MEETING, releases.inner, name="inner"),
    path(MEETING + "einlassen/", releases.let_in, name="let_in"),
    path(MEETING + "fehlte/", releases.missed, name="missed_inner"),
    path(MEETING + "vorschlagen/", releases.propose, name="propose_release"),
    path(RELEASE, releases.release, name="release"),
    path(RELEASE + "aendern/", releases.change, name="change_release"),
    path(RELEASE + "neue-fassung/", releases.correct, name="correct_release"),
    path(RELEASE + "einwand/", releases.object_to, name="object_release"),
    path(RELEASE + "einwand-zurueck/", releases.withdraw, name="withdraw_objection"),
    path(RELEASE + "zuruecknehmen/", releases.take_back, name="take_back_release"),
    path(RELEASE + "weitergeben/", releases.forward, name="forward_release"),
    path("themen/", topics.topics, name="topics"),
    path("themen/einbringen/", topics.new, name="new_topic"),
    path(TOPIC, topics.topic, name="topic"),
    path(TOPIC + "aendern/", topics.change, name="change_topic"),
    path(TOPIC + "freigeben/", topics.let_out, name="release_topic"),
    path(TOPIC + "tagesordnung/", topics.place, name="place_topic"),
    path(TOPIC + "besprochen/", topics.discuss, name="discuss_topic"),
    path(TOPIC + "rueckmeldung/", topics.answer, name="answer_topic"),
    path(TOPIC + "an-die-politik/", topics.pass_on, name="pass_on_topic"),
    path(TOPIC + "abschliessen/", topics.close, name="close_topic"),
]
PLACES: tuple[tuple[str, str], ...] = (("Aufgaben", "network:tasks"), ("Themen", "network:topics"))
